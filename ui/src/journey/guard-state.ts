import { create } from 'zustand';
import type { Edit } from '@/api/edits';

/** The move that a rule holds back, until somebody says why it shall happen all the same. */
export const useGuard = create<{ held: Edit | null }>(() => ({ held: null }));
