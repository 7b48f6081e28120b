import type { IpcMainInvokeEvent, RenderProcessGoneDetails, WebContents, WebFrameMain } from 'electron';
import { browser } from './browser.ts';
import type { Session } from './cdp.ts';
import { makeCodec } from './codec.ts';
import { emitterOf, preventable } from './emitter.ts';
import { invoke } from './ipc-main.ts';
import {
  fromMain,
  pageScript,
  preloadScript,
  preloadWorld,
  toMain,
  type FromPage,
  type ToPage,
} from './page-scripts.ts';
import { fromChromium, toChromium } from './protocol.ts';
import { serveRequest } from './requests.ts';
import { mayUseCamera } from './session.ts';
import { strict } from './strict.ts';

export interface Page {
  readonly contents: WebContents;
  /** Resolves when the page's load event has come. */
  load(url: string): Promise<void>;
  /** Whether the page lets itself be closed: its `beforeunload` handlers may say no, and nobody is asked. */
  mayClose(): Promise<boolean>;
  resize(to: { readonly width: number; readonly height: number }): void;
  close(): Promise<void>;
}

export interface PageOptions {
  /** The built preload. */
  readonly preload: string;
  readonly width: number;
  readonly height: number;
  onReadyToShow(): void;
  onClosed(): void;
  /** The page called `window.close()`. */
  onCloseAsked(): void;
}

/** As in Chromium, a page in which nobody has done anything yet is not listened to. */
const askBeforeUnload = `window.dispatchEvent(new Event('beforeunload', { cancelable: true })) ||
  !navigator.userActivation.hasBeenActive`;

const codec = makeCodec();
const all = new Map<string, WebContents>();
let lastId = 0;

export const webContents = strict('webContents', {
  fromDevToolsTargetId: (targetId) => all.get(targetId),
} satisfies Pick<typeof Electron.WebContents, 'fromDevToolsTargetId'>);

/** A page in Chromium that behaves as the contents of an Electron window do. */
export function openPage(options: PageOptions): Page {
  const id = (lastId += 1);
  const events = ['will-frame-navigate', 'will-attach-webview', 'render-process-gone', 'destroyed'];
  const emitter = emitterOf('webContents', events, () => contents);
  const loads = new Set<string>();
  let openHandler: Parameters<WebContents['setWindowOpenHandler']>[0] | null = null;
  let session: Session | null = null;
  let preloadContext: string | null = null;
  let url = '';
  let gone = false;

  const contents = strict('webContents', {
    ...emitter.face,
    id,
    getURL: () => url,
    isDestroyed: () => gone,
    close: () => void page.close(),
    setWindowOpenHandler: (handler) => void (openHandler = handler),
    startDrag: ({ file, icon }) => void process.stderr.write(`[drag] ${file} ${String(icon)}\n`),
    // Chromium answers this by ending, and so never.
    forcefullyCrashRenderer: () => void session?.send('Page.crash').catch(() => undefined),
    send: (channel, ...args) =>
      tellPage({ kind: 'message', channel, args: structuredClone(args) as unknown[] }),
  } satisfies Pick<
    WebContents,
    | 'id'
    | 'on'
    | 'once'
    | 'off'
    | 'emit'
    | 'getURL'
    | 'isDestroyed'
    | 'close'
    | 'setWindowOpenHandler'
    | 'startDrag'
    | 'forcefullyCrashRenderer'
    | 'send'
  >) as unknown as WebContents;

  const opened = browser().then(async (chromium) => {
    const target = await chromium.open((targetId) => {
      gone = true;
      all.delete(targetId);
      emitter.emit('destroyed');
      options.onClosed();
    });
    all.set(target.id, contents);
    session = target.session;
    await furnish(target.session, target.id);
    return target;
  });

  async function furnish({ send, on }: Session, frame: string): Promise<void> {
    on(
      'Fetch.requestPaused',
      (paused) => void serveRequest(send, paused, mayNavigate(frame)).catch(complain),
    );
    on(
      'Runtime.bindingCalled',
      ({ name, payload }) => name === toMain && void answer(payload).catch(complain),
    );
    on('Runtime.executionContextCreated', ({ context }) => {
      if (context.name === preloadWorld && context.auxData?.['frameId'] === frame)
        preloadContext = context.uniqueId;
    });
    on('Page.frameNavigated', ({ frame: { id: found, url: to, urlFragment } }) => {
      if (found === frame) url = fromChromium(to + (urlFragment ?? ''));
    });
    on(
      'Page.navigatedWithinDocument',
      ({ frameId, url: to }) => frameId === frame && (url = fromChromium(to)),
    );
    on('Page.domContentEventFired', options.onReadyToShow);
    on('Page.windowOpen', ({ url: to, windowName }) => askToOpen(to, windowName));
    on('Inspector.targetCrashed', () => {
      const details: RenderProcessGoneDetails = { reason: 'crashed', exitCode: 5 };
      emitter.emit('render-process-gone', preventable({}), details);
    });
    await send('Page.enable');
    await send('Runtime.enable');
    await send('Runtime.addBinding', { name: toMain, executionContextName: preloadWorld });
    await send('Page.addScriptToEvaluateOnNewDocument', { source: pageScript() });
    await send('Page.addScriptToEvaluateOnNewDocument', {
      source: preloadScript(options.preload),
      worldName: preloadWorld,
    });
    await send('Emulation.setDeviceMetricsOverride', metrics(options));
    await send('Fetch.enable', { patterns: [{ urlPattern: '*' }] });
  }

  /** Whether the app lets a frame go there; what the app itself loads it is not asked about. */
  function mayNavigate(mainFrame: string): (to: string, frame: string) => boolean {
    return (to, frame) => {
      if (frame === mainFrame && loads.delete(to)) return true;
      const details = { url: to, isSameDocument: false, isMainFrame: frame === mainFrame, frame: null };
      const event = preventable(details);
      emitter.emit('will-frame-navigate', event);
      return !event.defaultPrevented;
    };
  }

  /** A window that the page opens is closed again as soon as it exists (`browser.ts`): the app has only ever denied one. */
  function askToOpen(to: string, frameName: string): void {
    const details = {
      url: fromChromium(to),
      frameName,
      features: '',
      disposition: 'foreground-tab' as const,
    };
    const answer = openHandler?.({ ...details, referrer: { url: '', policy: 'no-referrer' } });
    // Ends the app, and with it the test: this is an API that is not here.
    if (answer?.action !== 'deny') throw new Error(`the stand-in cannot open a second page for ${to}`);
  }

  async function answer(payload: string): Promise<void> {
    const asked = codec.decode(payload) as FromPage;
    if (asked.kind === 'close') return options.onCloseAsked();
    const senderFrame = strict('senderFrame', { url, parent: null } satisfies Pick<
      WebFrameMain,
      'url' | 'parent'
    >);
    const event = strict('event', {
      type: 'frame',
      sender: contents,
      senderFrame: senderFrame as unknown as WebFrameMain,
    } satisfies Pick<IpcMainInvokeEvent, 'type' | 'sender' | 'senderFrame'>) as unknown as IpcMainInvokeEvent;
    const said: ToPage = await invoke(asked.channel, event, asked.args).then(
      (value) => ({ kind: 'answer', call: asked.call, ok: true, value }),
      (error: Error) => ({ kind: 'answer', call: asked.call, ok: false, message: error.message }),
    );
    tellPage(said);
  }

  /** As in Electron, what is said to a page that is gone or has gone elsewhere is lost. */
  function tellPage(said: ToPage): void {
    if (gone || !session || !preloadContext) return;
    const expression = `${fromMain}(${JSON.stringify(codec.encode(said))})`;
    session.send('Runtime.evaluate', { expression, uniqueContextId: preloadContext }).catch(() => undefined);
  }

  const page: Page = {
    contents,
    async load(to) {
      const { session: opening } = await opened;
      const loaded = new Promise<void>((resolve) => opening.on('Page.loadEventFired', () => resolve()));
      loads.add(to.split('#')[0] ?? to);
      // Chromium would ask at the page's first try; here its answer must stand before.
      const { origin } = new URL(toChromium(to));
      await (await browser()).allowCamera(origin, await mayUseCamera(contents, to));
      const { errorText } = await opening.send('Page.navigate', { url: toChromium(to) });
      if (errorText) throw new Error(`${errorText} loading '${to}'`);
      await loaded;
    },
    async mayClose() {
      const asking = (await opened).session.send('Runtime.evaluate', { expression: askBeforeUnload });
      return asking.then(
        ({ result }) => result.value === true,
        // It has gone by itself meanwhile.
        () => true,
      );
    },
    resize(to) {
      void opened.then(({ session: { send } }) => send('Emulation.setDeviceMetricsOverride', metrics(to)));
    },
    async close() {
      if (!gone) await (await opened).close();
    },
  };
  return page;
}

function metrics({ width, height }: { readonly width: number; readonly height: number }) {
  return { width, height, deviceScaleFactor: 1, mobile: false };
}

function complain(error: unknown): void {
  console.error('[stand-in]', error);
}
