import { usePolicy } from '@/api/rules';

/** A working day of eight hours: what workspaces begin with. */
export const USUAL_DAY_MINUTES = 8 * 60;

/** How long a working day is, by hours such as `08:00-12:00, 13:00-17:30`; the usual length where they are none. */
export function minutesOf(hours: unknown): number {
  const stretches =
    typeof hours === 'string' ? hours.matchAll(/(\d{1,2}):(\d{2})\s*-\s*(\d{1,2}):(\d{2})/g) : [];
  let sum = 0;
  for (const [, ...parts] of stretches) {
    const [fromHour = 0, fromMinute = 0, toHour = 0, toMinute = 0] = parts.map(Number);
    sum += Math.max(0, toHour * 60 + toMinute - fromHour * 60 - fromMinute);
  }
  return sum === 0 ? USUAL_DAY_MINUTES : sum;
}

/** The length of the workspace's working day, in minutes. */
export const useWorkingDay = (): number => minutesOf(usePolicy()?.fields.working_hours);
