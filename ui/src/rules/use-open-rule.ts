import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';

/** The rule that stands open, as the address has it: so that other screens lead to one. */
export function useOpenRule(): [string | null, (id: string | null) => void] {
  const open = useSearch({ strict: false }).rule ?? null;
  const navigate = useNavigate();
  const set = useCallback(
    (id: string | null) =>
      void navigate({
        to: '.',
        search: ({ rule: _, ...rest }) => (id === null ? rest : { ...rest, rule: id }),
        replace: true,
      }),
    [navigate],
  );
  return [open, set];
}
