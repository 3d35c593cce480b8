/** Pages that were made a moment ago in this window: their title is selected when they open. */
export const NEW_PAGES = new Set<string>();
