import { PreviewCard } from '@base-ui/react/preview-card';
import { useQuery } from '@tanstack/react-query';
import { type ReactElement, useState } from 'react';
import { fieldHistoryQuery } from '@/api/queries';
import type { FieldInfo } from '@/api/types';
import { MemberName, MemberWord } from '@/components/badges';
import { ago } from '@/i18n/format';
import { fieldLabel, message } from '@/i18n/labels';
import { useGuard } from '@/journey/guard-state';
import { m } from '@/paraglide/messages.js';
import { valueText } from '@/records/value';

function Entries({ id, kind, field }: { id: string; kind: string; field: FieldInfo }) {
  const { data } = useQuery(fieldHistoryQuery(id, field.name));
  if (data === undefined) return null;
  const [latest, ...earlier] = data;
  if (latest === undefined) return <p className="text-quiet">{m.label_never_set()}</p>;
  return (
    <>
      <div className="flex items-center gap-2">
        <MemberName
          id={latest.change.by.id}
          name={latest.change.by.title}
          agent={latest.change.via === 'agent'}
        />
        <span className="ml-auto shrink-0 text-quiet text-small">{ago(latest.change.at)}</span>
      </div>
      <p className="mt-1 text-quiet text-small">
        {latest.change.reason ?? message(`why_${latest.change.action}`) ?? m.why_none()}
      </p>
      {earlier.length > 0 && (
        <div className="mt-2 border-line border-t pt-2">
          <h4 className="caps mb-1">{m.label_earlier_values()}</h4>
          <ol className="flex max-h-40 flex-col gap-1 overflow-y-auto text-small">
            {earlier.slice(0, 20).map((change) => (
              <li key={change.change.change} className="flex gap-2">
                <span className="min-w-0 flex-1 truncate">
                  {valueText(kind, field, change.to) || m.label_empty()}
                </span>
                <span className="shrink-0 text-quiet">
                  <MemberWord
                    id={change.change.by.id}
                    name={change.change.by.title}
                    agent={change.change.via === 'agent'}
                  />
                  , {ago(change.change.at)}
                </span>
              </li>
            ))}
          </ol>
        </div>
      )}
    </>
  );
}

/** Who set a field, when and why, and what it was before: on hover, and when the focus rests on it. */
export function FieldStory({
  id,
  kind,
  field,
  children,
}: {
  id: string;
  kind: string;
  field: FieldInfo;
  children: ReactElement<Record<string, unknown>>;
}) {
  const [open, setOpen] = useState(false);
  // A dialog that asks about the field's new value covers what the field was.
  const isAsked = useGuard(({ held, leaving }) => held !== null || leaving !== null);
  return (
    <PreviewCard.Root open={open && !isAsked} onOpenChange={setOpen}>
      <PreviewCard.Trigger delay={450} closeDelay={80} render={children} />
      <PreviewCard.Portal>
        <PreviewCard.Positioner
          side="left"
          align="start"
          sideOffset={152}
          collisionPadding={8}
          className="z-40"
        >
          <PreviewCard.Popup className="floating w-72 p-3">
            <h3 className="caps mb-1.5">{fieldLabel(kind, field)}</h3>
            {open && <Entries id={id} kind={kind} field={field} />}
          </PreviewCard.Popup>
        </PreviewCard.Positioner>
      </PreviewCard.Portal>
    </PreviewCard.Root>
  );
}
