/** Closes the dialog when the list is left for a person's page. */
export default function NoDialog() {
  return null
}
