import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron';
import type { Answer } from '#shared/contract/call.ts';
import type { CoreEvent } from '#shared/contract/contract.ts';
import { channel, type Bridge } from './channel.ts';

// `ipcRenderer` itself never reaches the page: it would let any script there name any channel.
const bridge: Bridge = {
  call: (method, input) => ipcRenderer.invoke(channel.call, method, input) as Promise<Answer>,
  on(listener) {
    const pass = (_sender: IpcRendererEvent, event: CoreEvent): void => listener(event);
    ipcRenderer.on(channel.event, pass);
    return () => {
      ipcRenderer.off(channel.event, pass);
    };
  },
};

contextBridge.exposeInMainWorld('dangol', bridge);
