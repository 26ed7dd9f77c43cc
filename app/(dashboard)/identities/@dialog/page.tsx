/** Closes the dialog when one comes back to the list. */
export default function NoDialog() {
  return null
}
