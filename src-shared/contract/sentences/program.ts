import type { Sentences } from './sentence.ts';

/** Errors of what is asked of the program. */
export const programSentences = {
  INTERNAL: [
    '프로그램에 문제가 생겼어요. 지금까지 적은 것은 그대로 있어요. 다시 해 보고, 계속되면 오류 번호 {id}를 알려 주세요.',
    'Something went wrong in the program. What was recorded is still there. Try again; if it goes on, report error {id}.',
  ],
  INVALID_INPUT: [
    '{at} 값을 쓸 수 없어요: {reason}. 아무것도 바뀌지 않았어요.',
    'The value of {at} cannot be used: {reason}. Nothing was changed.',
  ],
  UNKNOWN_METHOD: ['{method}(이)라는 기능은 없어요.', 'There is no call named {method}.'],
  NOT_FOUND: [
    '찾는 것이 여기에 없어요 ({entity} {id}). 지워졌거나 아직 합치지 않은 파일에 있을 수 있어요.',
    'It is not here ({entity} {id}). It may have been deleted, or stand in a file that was not imported yet.',
  ],
  CANCELLED: [
    '멈춰서 {file}은(는) 넣거나 만들지 않았어요. 있던 것은 그대로예요. 다시 시작하면 돼요.',
    'It was stopped, so {file} was neither merged nor made. What was there is as it was. Start again to go on.',
  ],
  REASON_MISSING: [
    '개인정보를 그대로 담으려면 까닭이 있어야 해요. 아무것도 만들지 않았어요. 무엇에 쓰는지 짧게 적고 다시 해 주세요.',
    'Personal data in full needs a reason. Nothing was made. Say briefly what it is for and try again.',
  ],
  HANDED_OVER: [
    '지금은 상인이 설문에 답하고 있어서 다른 일은 하지 않아요. 아무것도 바뀌지 않았어요. 설문에서 나온 뒤에 다시 해 주세요.',
    'A merchant is answering the survey, so nothing else is done. Nothing was changed. Try again after leaving the survey.',
  ],
  NOT_HANDED_OVER: [
    '설문을 건넨 상태가 아니에요. 이미 적은 답은 그대로 있어요. 회차에서 설문을 다시 건네 주세요.',
    'No survey is handed over. Answers that were written are still there. Hand it over again from its session.',
  ],
  COMMAND_LINE_ONLY: [
    '{method}은(는) 명령줄에서만 할 수 있어요. 아무것도 바뀌지 않았어요. 터미널에서 dangol call {method}(으)로 해 주세요.',
    '{method} works on the command line only. Nothing was changed. Run dangol call {method} in a terminal.',
  ],
  TEMPLATE_IN_USE: [
    '쓰고 있는 판이라 고치지 않았어요. 받은 답은 그대로예요. 다음 판을 만들어 고쳐 주세요.',
    'This version is in use, so it was not altered. The answers are as they were. Make the next version and change that.',
  ],
  TEMPLATE_NOT_READY: [
    '아직 고칠 곳이 {count}군데 있어서 내보내지 않았어요. 적은 것은 그대로 있어요. 표시된 곳을 고쳐 주세요.',
    'It was not published: {count} places must be mended first. What was written is still there. Mend the marked places.',
  ],
  VERIFY_FAILED: [
    '수첩을 확인했더니 맞지 않는 곳이 {count}군데 있어요.',
    'The store was checked and {count} places do not fit.',
  ],
} as const satisfies Sentences;
