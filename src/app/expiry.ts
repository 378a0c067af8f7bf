import type { ApprovalStatus } from '../model/status.ts';

/** Approvals that end within so many days are announced, and renewed. */
const SOON = 30;
const DAY = 24 * 60 * 60 * 1000;

/** @returns The last day that is soon, in UTC, `YYYY-MM-DD`. */
export function lastDaySoon(time: Date): string {
  return new Date(time.getTime() + SOON * DAY).toISOString().slice(0, 10);
}

/** @returns The last day of an approval that ends soon or has ended; null for every other status. */
export function nearEndOf(status: ApprovalStatus, time: Date): string | null {
  if (status.kind !== 'approved' && status.kind !== 'expired') return null;
  const { expires } = status.entry;
  return expires !== null && expires <= lastDaySoon(time) ? expires : null;
}
