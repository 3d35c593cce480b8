import { Progress as Base } from '@base-ui/react/progress';

/** How far something is; without a share it only says that it goes on. */
export function ProgressBar({ label, share }: { label: string; share: number | null }) {
  return (
    <Base.Root aria-label={label} value={share === null ? null : Math.round(share * 100)}>
      <Base.Track className="relative h-1.5 w-full overflow-hidden rounded-full bg-press">
        <Base.Indicator
          className={
            share === null
              ? 'progress-unknown h-full w-1/3 rounded-full bg-accent'
              : 'h-full rounded-full bg-accent transition-[width]'
          }
        />
      </Base.Track>
    </Base.Root>
  );
}
