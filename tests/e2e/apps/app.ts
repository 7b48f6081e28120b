import type { ElectronApplication, Page } from '@playwright/test';
import type { Answer } from '#shared/contract/call.ts';
import type { InputOf, Method, OutputOf } from '#shared/contract/contract.ts';

/** The app as a test holds it, the same wherever it runs. */
export interface App {
  /** The window, on its first screen. */
  readonly page: Page;
  /** The store's folder, of this test alone. */
  readonly dataDir: string;
  /** A call of the contract through the shell, as the page makes it; throws when the core refuses. */
  call<M extends Method>(method: M, input: InputOf<M>): Promise<OutputOf<M>>;
  /** The same without the contract's types, and a refusal is an answer. */
  ask(method: string, input: unknown): Promise<Answer>;
  /** The file that the page hands to the person once `begin` is done, such as a click. */
  saved(begin: () => Promise<unknown>): Promise<SavedFile>;
  /** Ends the program as a person would; resolves when its process is gone. May be called again. */
  close(): Promise<void>;
  /** Ends the program as a crash does, in the middle of whatever it is at; the window is gone with it. */
  kill(): Promise<void>;
  /** Has the system say that the laptop was opened again; only where the program hears of it. */
  wake?(): Promise<void>;
  /** The main process, where there is one. */
  readonly main?: ElectronApplication;
}

export interface SavedFile {
  readonly name: string;
  /** Where it lies for as long as the test runs. */
  readonly file: string;
  readonly bytes: Uint8Array;
}

export interface OpenOptions {
  readonly dataDir: string;
  /** Fill an empty store with the demo. */
  readonly demo: boolean;
  /** Session files that the system opens it with, where it is an app of its own. */
  readonly files?: readonly string[];
  /** With the system's keyring, where it is an app of its own; else as on a machine without one. */
  readonly keyring?: boolean;
}

/** What a place gives; the rest of an App is the same everywhere. */
export type Opened = Pick<App, 'page' | 'ask' | 'saved' | 'close' | 'kill' | 'wake' | 'main'>;

export function appOf(opened: Opened, dataDir: string): App {
  return {
    ...opened,
    dataDir,
    async call(method, input) {
      const answer = await opened.ask(method, input);
      if (!answer.ok) throw new Error(`${method}: ${JSON.stringify(answer.error)}`);
      return answer.value as OutputOf<typeof method>;
    },
  };
}

/** Waits for the first screen, which has a heading: until the core has answered there is none. Ends the app otherwise. */
export async function showsItself(page: Page, close: () => Promise<void>): Promise<void> {
  try {
    await page.locator('body').getByRole('heading').first().waitFor();
  } catch (error) {
    await close();
    throw error;
  }
}
