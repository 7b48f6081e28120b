/** What the screens of this feature say in English. */
export const en = {};
