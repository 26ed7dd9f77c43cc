/** The event types that the form of a webhook holds: `*` for all. */
export function typedEventTypes(form: FormData): string[] {
  return form.get('scope') === 'chosen' ? form.getAll('event_types').map(String) : ['*']
}
