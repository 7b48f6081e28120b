import type { Handlers } from '#shared/contract/contract.ts';
import { appHandlers } from './app.ts';
import { attendanceHandlers } from './attendance.ts';
import { auditHandlers } from './audit.ts';
import { conflictBookHandlers } from './conflict-book.ts';
import { conflictHandlers } from './conflicts.ts';
import { dataStateHandlers } from './data-state.ts';
import { desktopHandlers } from './desktop.ts';
import { draftHandlers } from './drafts.ts';
import { duplicateHandlers } from './duplicates.ts';
import { exportHandlers } from './export.ts';
import { handoverHandlers } from './handover.ts';
import { hubHandlers } from './hub.ts';
import { importChangesHandlers } from './import-changes.ts';
import { importContentsHandlers } from './import-contents.ts';
import { importHandlers } from './import.ts';
import { importJobHandlers } from './import-job.ts';
import { kitHandlers } from './kits.ts';
import { lockHandlers } from './lock.ts';
import { laptopHandlers } from './laptops.ts';
import { pinHandlers } from './pin.ts';
import { printHandlers } from './print.ts';
import { programHandlers } from './programs.ts';
import { photoHandlers } from './photos.ts';
import { recordHandlers } from './records.ts';
import { rescueHandlers } from './rescue.ts';
import { retentionHandlers } from './retention.ts';
import { reportHandlers } from './report.ts';
import { sameShopHandlers } from './same-shop.ts';
import { sessionHandlers } from './sessions.ts';
import { surveyHandlers } from './surveys.ts';
import { tableHandlers } from './tables.ts';
import { templateHandlers } from './templates.ts';
import { todayHandlers } from './today.ts';
import { undoHandlers } from './undo.ts';
import { vaultHandlers } from './vault.ts';
import { visitHandlers } from './visits.ts';
import type { Deps } from './deps.ts';
import type { openFinding } from './finding.ts';
import type { openOutbox } from './outbox.ts';

/** What runs beside the calls; the core starts and ends it. */
export interface Running {
  readonly makeReport: Parameters<typeof reportHandlers>[1];
  readonly outbox: Pick<ReturnType<typeof openOutbox>, 'handlers'>;
  readonly finding: Pick<ReturnType<typeof openFinding>, 'handlers'>;
}

/** Every call of the contract with whoever answers it. */
export function featureHandlers(deps: Deps, { makeReport, outbox, finding }: Running): Handlers {
  return {
    ...appHandlers(deps),
    ...recordHandlers(deps),
    ...sessionHandlers(deps),
    ...attendanceHandlers(deps),
    ...visitHandlers(deps),
    ...todayHandlers(deps),
    ...sameShopHandlers(deps),
    ...finding.handlers,
    ...surveyHandlers(deps),
    ...handoverHandlers(deps),
    ...pinHandlers(deps),
    ...lockHandlers(deps),
    ...vaultHandlers(deps),
    ...programHandlers(deps),
    ...templateHandlers(deps),
    ...photoHandlers(deps),
    ...printHandlers(deps),
    ...tableHandlers(deps),
    ...exportHandlers(deps),
    ...kitHandlers(deps),
    ...importHandlers(deps),
    ...importJobHandlers(deps),
    ...importContentsHandlers(deps),
    ...importChangesHandlers(deps),
    ...laptopHandlers(deps),
    ...conflictHandlers(deps),
    ...conflictBookHandlers(deps),
    ...duplicateHandlers(deps),
    ...reportHandlers(deps, makeReport),
    ...outbox.handlers,
    ...hubHandlers(deps),
    ...dataStateHandlers(deps),
    ...draftHandlers(deps),
    ...undoHandlers(deps),
    ...auditHandlers(deps),
    ...retentionHandlers(deps),
    ...desktopHandlers,
    ...rescueHandlers(deps),
  };
}
