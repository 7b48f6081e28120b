/** One for good: systems know the program, its profile, its permissions and, on Windows, its notifications by it. */
export const APP_ID = 'dangol.fieldbook';
