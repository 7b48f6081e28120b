import type { Sentences } from './sentence.ts';

/** Errors of retention and photos. */
export const keepingSentences = {
  RETENTION_REASON: [
    '파기하려면 까닭이 있어야 해요. 아무것도 없애지 않았어요. 왜 파기하는지 짧게 적고 다시 해 주세요.',
    'Destroying needs a reason. Nothing was destroyed. Say briefly why and try again.',
  ],
  RETENTION_CHANGED: [
    '미리 본 뒤에 자료가 달라졌어요. 아무것도 없애지 않았어요. 무엇이 없어지는지 다시 보고 정해 주세요.',
    'The data is another one than was shown. Nothing was destroyed. Look again at what would go, and decide then.',
  ],
  RETENTION_NOTHING: [
    '파기할 개인정보가 없어요. 아무것도 바뀌지 않았어요. 보관 기간이나 고른 사업을 확인해 주세요.',
    'There is no personal data to destroy. Nothing was changed. Check the period or the programme that was chosen.',
  ],
  CERTIFICATE_FIXED: [
    '파기 대장은 고치거나 지울 수 없어요. 아무것도 바뀌지 않았어요. 잘못 적은 것은 다음 파기의 까닭에 적어 주세요.',
    'The record of destruction cannot be changed or deleted. Nothing was changed. Mention a mistake in the next entry.',
  ],
  PHOTO_NOT_PICTURE: [
    '사진이 아니라서 넣지 않았어요. 다른 것은 그대로 있어요. 사진 파일(JPEG, PNG, WebP)을 골라 주세요.',
    'This is not a picture, so it was not added. Everything else is as it was. Choose a picture (JPEG, PNG, WebP).',
  ],
  PHOTO_FORMAT: [
    '{format} 형식은 이 노트북에서 열 수 없어서 넣지 않았어요. 휴대폰이나 사진 앱에서 JPEG로 바꾼 뒤 다시 넣어 주세요.',
    'This laptop cannot open {format} pictures, so it was not added. Save it as JPEG on the phone or in a photo app and add it again.',
  ],
  PHOTO_BROKEN: [
    '사진 파일이 깨졌거나 중간에 잘려서 넣지 않았어요. 다른 것은 그대로 있어요. 다시 복사하거나 새로 찍어 주세요.',
    'The picture is damaged or cut short, so it was not added. Everything else is as it was. Copy it again, or take a new one.',
  ],
  PHOTO_TOO_LARGE: [
    '사진이 너무 커서 넣지 않았어요 ({size}, 최대 {limit}). 더 작게 저장해서 다시 넣어 주세요.',
    'The picture is too large and was not added ({size}, at most {limit}). Save it smaller and add it again.',
  ],
  PHOTO_HAS_POSITION: [
    '사진 안에 찍은 곳의 위치가 들어 있거나 들어 있을 수 있어서 넣지 않았어요. 위치를 지우고 넣거나, 설정에서 위치를 남기도록 바꿔 주세요.',
    'The picture says, or may say, where it was taken, so it was not added. Remove the position, or choose in the settings to keep positions.',
  ],
} as const satisfies Sentences;
