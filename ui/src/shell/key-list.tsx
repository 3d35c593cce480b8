import { Dialog } from '@/components/dialog';
import { Keys } from '@/components/keys';
import { message } from '@/i18n/labels';
import { type KeyGroup, SHORTCUTS, type Shortcut } from '@/keys/registry';
import { m } from '@/paraglide/messages.js';
import { useWindow } from '@/state/window';

const GROUPS: KeyGroup[] = ['general', 'list', 'queue', 'forgotten', 'board', 'record', 'go'];

/** Every shortcut, as the registry has them. */
export function KeyList() {
  const { overlay, show } = useWindow();
  const shortcuts: Shortcut[] = Object.values(SHORTCUTS);
  return (
    <Dialog open={overlay === 'keys'} onClose={() => show(null)} title={m.key_keys()} className="w-[1080px]">
      <div className="columns-2 gap-8 xl:columns-3">
        {GROUPS.map((group) => (
          <section key={group} aria-label={message(`key_group_${group}`)} className="mb-4 break-inside-avoid">
            <h3 className="caps mb-1">{message(`key_group_${group}`)}</h3>
            <dl>
              {shortcuts
                .filter((candidate) => candidate.group === group)
                .map((candidate) => (
                  <div key={candidate.keys.join()} className="flex items-center justify-between gap-4 py-0.5">
                    <dt>{candidate.label()}</dt>
                    <dd className="flex shrink-0 gap-2">
                      {candidate.keys.map((keys) => (
                        <Keys key={keys} keys={keys} />
                      ))}
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
