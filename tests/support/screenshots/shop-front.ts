import type { Browser } from 'playwright';

/** A drawn shop front or menu in place of a photo: no picture of a real shop is in the repository. */
export async function drawnPhoto(browser: Browser, sign: string, colour: string): Promise<Buffer> {
  const page = await browser.newPage({ viewport: { width: 960, height: 720 } });
  await page.setContent(`
    <body style="margin:0"><svg width="960" height="720" font-family="Pretendard, 'Noto Sans CJK KR', sans-serif">
      <rect width="960" height="720" fill="#e9e2d4"/>
      <rect y="600" width="960" height="120" fill="#b9ae9b"/>
      <rect x="90" y="90" width="780" height="130" rx="10" fill="${colour}"/>
      <text x="480" y="178" font-size="72" font-weight="700" text-anchor="middle" fill="#fff">${sign}</text>
      <path d="M90 220 h780 v60 ${'q-39 44 -78 0 '.repeat(10)} z" fill="#fff" stroke="${colour}" stroke-width="6"/>
      <rect x="120" y="330" width="430" height="270" fill="#fdf7e8" stroke="#8a7b62" stroke-width="8"/>
      <rect x="600" y="330" width="230" height="270" fill="#8a7b62"/>
      <rect x="630" y="360" width="170" height="150" fill="#fdf7e8"/>
      <rect x="150" y="500" width="370" height="70" fill="#d8b98c"/>
      ${[190, 270, 350, 430].map((x) => `<circle cx="${x + 20}" cy="490" r="30" fill="${colour}" opacity=".6"/>`).join('')}
    </svg></body>`);
  const picture = await page.screenshot({ type: 'jpeg', quality: 85 });
  await page.close();
  return picture;
}
