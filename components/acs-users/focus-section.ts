/** The control that was pressed goes with the change: the focus stays with its section, whatever is in it now. */
export function focusSection(): void {
  setTimeout(() => document.getElementById('user-identity')?.focus({ preventScroll: true }), 50)
}
