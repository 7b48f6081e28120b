/** What the screens of this feature say in Korean. */
export const ko = {};
