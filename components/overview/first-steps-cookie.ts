/*
 * In a module of its own: of a client module, the server gets references instead of values.
 */

/** The cookie that says that this browser doesn't want to see a workspace's first steps any more. */
export const firstStepsCookie = (workspaceId: string) => `first_steps_${workspaceId}`
