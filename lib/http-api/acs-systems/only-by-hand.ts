/** What the reference says of endpoints that change an access system itself. */
export const onlyByHand =
  'An access system that its vendor reports is changed in the vendor’s own app; here it’s refused with `acs_system_not_kept_by_hand`.'
