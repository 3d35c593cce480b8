import { keyCaps } from '@/keys/chord';

/** A shortcut drawn as key caps. */
export function Keys({ keys }: { keys: string }) {
  return (
    <span className="inline-flex gap-0.5">
      {keyCaps(keys).map((cap) => (
        <kbd
          key={cap}
          className="min-w-4.5 rounded-mark border border-line bg-sunken px-1 text-center font-sans text-caps text-quiet"
        >
          {cap}
        </kbd>
      ))}
    </span>
  );
}
