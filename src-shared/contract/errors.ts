/**
 * The errors that a person can do something about. Anything else that is thrown is a bug and crosses to the renderer
 * as INTERNAL with an id that stands in the log.
 */
export const errorCodes = [
  'INTERNAL',
  'INVALID_INPUT',
  'UNKNOWN_METHOD',
  'NOT_FOUND',
  'STORE_MISSING',
  'STORE_EXISTS',
  'STORE_NEWER',
  'STORE_KEY_WRONG',
  'STORE_DAMAGED',
  'STORE_DAMAGED_COPY',
  'STORE_BUSY',
  'STORE_NOT_EMPTY',
  'DISK_FULL',
  'DISK_FAILED',
  'COPY_KEY_WRONG',
  'COPY_DAMAGED',
  'COPY_NEWER',
  'COPY_OTHER_LAPTOP',
  'COPY_NOT_MADE',
  'FILE_UNREADABLE',
  'FILE_UNWRITABLE',
  'FILE_TOO_LARGE',
  'FILE_EMPTY',
  'FILE_NOT_ZIP',
  'FILE_SEALED',
  'FILE_CUT_SHORT',
  'FILE_ENTRY_MISSING',
  'FILE_ENTRY_REPEATED',
  'FILE_ENTRY_FOREIGN',
  'FILE_ENTRY_BOMB',
  'FILE_MANIFEST_INVALID',
  'FILE_VERSION_NEWER',
  'FILE_SIGNATURE_WRONG',
  'FILE_HASH_WRONG',
  'FILE_SIZE_WRONG',
  'FILE_COUNT_WRONG',
  'FILE_LINE_TOO_LONG',
  'FILE_LINE_INVALID',
  'FILE_LINE_UNKNOWN',
  'FILE_ORDER_WRONG',
  'CHANGE_ALTERED',
  'LAPTOP_KEY_CHANGED',
  'LAPTOP_KEY_STALE',
  'TABLE_ENCODING',
  'TABLE_COLUMNS_MISSING',
  'TABLE_UNREADABLE',
  'TABLE_TOO_LARGE',
  'TEMPLATE_UNREADABLE',
  'TEMPLATE_SEALED',
  'TEMPLATE_MACROS',
  'TEMPLATE_TOO_LARGE',
  'TEMPLATE_WITHOUT_SHEETS',
  'TEMPLATE_TABLE_DIFFERS',
  'CANCELLED',
  'KIT_EMPTY',
  'PHOTO_NOT_PICTURE',
  'PHOTO_FORMAT',
  'PHOTO_BROKEN',
  'PHOTO_TOO_LARGE',
  'PHOTO_HAS_POSITION',
  'CONFLICT_STALE',
  'CONFLICT_BOOK_OTHER',
  'CONFLICT_ROW_EDITED',
  'CONFLICT_ROW_UNKNOWN',
  'CONFLICT_ROW_TWICE',
  'CONFLICT_ROW_FORMULA',
  'CONFLICT_ROW_CHOICE',
  'CONFLICT_ROW_DAY',
  'CONFLICT_ROW_TIME',
  'CONFLICT_ROW_WHOLE',
  'CONFLICT_ROW_NUMBER',
  'CONFLICT_ROW_LONG',
  'CONFLICT_ROW_SCREEN',
  'CONFLICT_ROW_LIMIT',
  'PIN_WRONG',
  'PIN_WAIT',
  'PIN_NEEDED',
  'HANDED_OVER',
  'NOT_HANDED_OVER',
  'COMMAND_LINE_ONLY',
  'TEMPLATE_IN_USE',
  'TEMPLATE_NOT_READY',
  'VERIFY_FAILED',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

export type ErrorParams = Readonly<Record<string, string | number>>;

/** An error as it crosses from the core to a shell and the renderer. */
export interface ErrorReport {
  readonly code: ErrorCode;
  readonly params: ErrorParams;
}

/** An expected refusal: what went wrong and where, as a code with parameters; sentences live in messages.ts. */
export class Refusal extends Error implements ErrorReport {
  readonly code: ErrorCode;
  readonly params: ErrorParams;

  constructor(code: ErrorCode, params: ErrorParams = {}, cause?: unknown) {
    super(`${code} ${JSON.stringify(params)}`, { cause });
    this.name = 'Refusal';
    this.code = code;
    this.params = params;
  }
}
