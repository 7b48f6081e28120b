import type { Component } from 'vue';
import {
  CircleCheckBig,
  CirclePause,
  Clock,
  ClockAlert,
  CloudOff,
  Database,
  Folder,
  Globe,
  HardDrive,
  Mail,
  RefreshCw,
  Send,
  TriangleAlert,
} from '@lucide/vue';
import type { PlaceKind } from '#shared/contract/outbox.ts';
import type { Mark, Standing } from './outbox-view.ts';

/** A picture beside the words; the words alone say the same. */
export const standingLook: Record<
  Standing,
  { icon: Component; tone: 'calm' | 'good' | 'wait' | 'note' | 'bad' | 'other' }
> = {
  parked: { icon: TriangleAlert, tone: 'bad' },
  overdue: { icon: ClockAlert, tone: 'wait' },
  sending: { icon: Send, tone: 'other' },
  waiting: { icon: Clock, tone: 'calm' },
  offline: { icon: CloudOff, tone: 'note' },
  again: { icon: RefreshCw, tone: 'note' },
  paused: { icon: CirclePause, tone: 'calm' },
  sent: { icon: Send, tone: 'good' },
  confirmed: { icon: CircleCheckBig, tone: 'good' },
};

export const markIcon: Record<Mark['kind'], Component> = {
  attention: TriangleAlert,
  paused: CirclePause,
  sending: Send,
  offline: CloudOff,
  waiting: Clock,
};

export const placeIcon: Record<PlaceKind, Component> = {
  folder: Folder,
  webdav: Globe,
  mail: Mail,
  s3: HardDrive,
  hub: Database,
};
