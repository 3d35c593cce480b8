import { create } from 'zustand';
import type { ImportProgress } from '@/api/types';

/** What the palette and the shortcuts act on: the record under the cursor, and those that are selected. */
export interface Focus {
  kind: string;
  record: { id: string; title: string } | null;
  selected: string[];
}

interface WindowState {
  /** `palette` finds records and commands; `keys` is the list of shortcuts. */
  overlay: 'palette' | 'keys' | null;
  creating: { kind: string; fields: Record<string, unknown> } | null;
  inviting: boolean;
  importing: { kind: string | null } | null;
  focus: Focus | null;
  importProgress: ImportProgress | null;
  show(overlay: WindowState['overlay']): void;
  create(kind: string, fields?: Record<string, unknown>): void;
}

/** What is open in this window. Nothing of it outlives the window. */
export const useWindow = create<WindowState>((set) => ({
  overlay: null,
  creating: null,
  inviting: false,
  importing: null,
  focus: null,
  importProgress: null,
  show: (overlay) => set({ overlay }),
  create: (kind, fields = {}) => set({ creating: { kind, fields }, overlay: null }),
}));
