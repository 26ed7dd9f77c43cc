/** No dialog is open, as on every page but the one that is opened from the list. */
export default function NoDialog() {
  return null
}
