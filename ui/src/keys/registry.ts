import { m } from '@/paraglide/messages.js';

export type KeyGroup = 'general' | 'go' | 'list' | 'queue' | 'forgotten' | 'record' | 'board';

export interface Shortcut {
  /** As typed: `mod+k`, `g p` (one after the other), `?`. The first is the one that is shown. */
  keys: string[];
  group: KeyGroup;
  label: () => string;
  /** Also while a text field has the focus. */
  whileTyping?: boolean;
  /** The focused part (grid, board) handles the key itself; it is listed here so that people find it. */
  local?: boolean;
}

/** Every shortcut there is: the key list, the palette and the tooltips read it from here. */
export const SHORTCUTS = {
  palette: { keys: ['mod+k'], group: 'general', label: () => m.key_palette(), whileTyping: true },
  keys: { keys: ['?'], group: 'general', label: () => m.key_keys() },
  undo: { keys: ['mod+z'], group: 'general', label: () => m.key_undo() },
  redo: { keys: ['mod+shift+z', 'mod+y'], group: 'general', label: () => m.key_redo() },
  create: { keys: ['c'], group: 'general', label: () => m.key_create() },
  filter: { keys: ['/'], group: 'general', label: () => m.key_filter() },
  sidebar: { keys: ['mod+b'], group: 'general', label: () => m.key_sidebar(), whileTyping: true },
  import: { keys: ['mod+i'], group: 'general', label: () => m.key_import() },
  go_today: { keys: ['g o'], group: 'go', label: () => m.nav_today() },
  go_forgotten: { keys: ['g f'], group: 'go', label: () => m.nav_forgotten() },
  go_numbers: { keys: ['g n'], group: 'go', label: () => m.nav_numbers() },
  go_feedback: { keys: ['g b'], group: 'go', label: () => m.nav_feedback() },
  go_rules: { keys: ['g u'], group: 'go', label: () => m.nav_rules() },
  go_pipeline: { keys: ['g p'], group: 'go', label: () => m.nav_pipeline() },
  go_accounts: { keys: ['g a'], group: 'go', label: () => m.kind_account_many() },
  go_people: { keys: ['g e'], group: 'go', label: () => m.kind_person_many() },
  go_activities: { keys: ['g t'], group: 'go', label: () => m.kind_activity_many() },
  go_campaigns: { keys: ['g c'], group: 'go', label: () => m.kind_campaign_many() },
  go_products: { keys: ['g r'], group: 'go', label: () => m.kind_product_many() },
  go_pages: { keys: ['g d'], group: 'go', label: () => m.kind_page_many() },
  go_members: { keys: ['g m'], group: 'go', label: () => m.kind_member_many() },
  go_history: { keys: ['g h'], group: 'go', label: () => m.nav_history() },
  go_conflicts: { keys: ['g x'], group: 'go', label: () => m.nav_conflicts() },
  go_settings: { keys: ['g s'], group: 'go', label: () => m.nav_settings() },
  next: { keys: ['j', 'arrowdown'], group: 'list', label: () => m.key_next(), local: true },
  previous: { keys: ['k', 'arrowup'], group: 'list', label: () => m.key_previous(), local: true },
  cell: { keys: ['arrowright', 'arrowleft'], group: 'list', label: () => m.key_cell(), local: true },
  open: { keys: ['enter'], group: 'list', label: () => m.key_open(), local: true },
  edit: { keys: ['e', 'f2'], group: 'list', label: () => m.key_edit(), local: true },
  select: { keys: ['x'], group: 'list', label: () => m.key_select(), local: true },
  extend: {
    keys: ['shift+arrowdown', 'shift+arrowup'],
    group: 'list',
    label: () => m.key_extend(),
    local: true,
  },
  select_all: { keys: ['mod+a'], group: 'list', label: () => m.key_select_all(), local: true },
  move_rule: {
    keys: ['alt+arrowdown', 'alt+arrowup'],
    group: 'list',
    label: () => m.key_move_rule(),
    local: true,
  },
  queue_accept: { keys: ['a'], group: 'queue', label: () => m.key_queue_accept(), local: true },
  queue_return: { keys: ['r'], group: 'queue', label: () => m.key_queue_return(), local: true },
  queue_claim: { keys: ['t'], group: 'queue', label: () => m.key_queue_claim(), local: true },
  queue_offer: { keys: ['o'], group: 'queue', label: () => m.key_queue_offer(), local: true },
  queue_ask: { keys: ['q'], group: 'queue', label: () => m.key_queue_ask(), local: true },
  queue_log: { keys: ['l'], group: 'queue', label: () => m.key_queue_log(), local: true },
  queue_step: { keys: ['n'], group: 'queue', label: () => m.key_queue_step(), local: true },
  queue_settle: { keys: ['s'], group: 'queue', label: () => m.key_queue_settle(), local: true },
  queue_brief: { keys: ['b'], group: 'queue', label: () => m.key_queue_brief(), local: true },
  queue_done: { keys: ['d'], group: 'queue', label: () => m.key_queue_done(), local: true },
  queue_take_up: { keys: ['u'], group: 'queue', label: () => m.key_queue_take_up(), local: true },
  queue_move: { keys: ['m'], group: 'queue', label: () => m.key_queue_move(), local: true },
  queue_fold: {
    keys: ['arrowright', 'arrowleft'],
    group: 'queue',
    label: () => m.key_queue_fold(),
    local: true,
  },
  forgotten_repair: { keys: ['e'], group: 'forgotten', label: () => m.key_forgotten_repair(), local: true },
  forgotten_cell: {
    keys: ['arrowright', 'arrowleft'],
    group: 'forgotten',
    label: () => m.key_cell(),
    local: true,
  },
  forgotten_edit: { keys: ['f2'], group: 'forgotten', label: () => m.key_edit(), local: true },
  forgotten_log: { keys: ['l'], group: 'forgotten', label: () => m.key_queue_log(), local: true },
  forgotten_step: { keys: ['n'], group: 'forgotten', label: () => m.key_queue_step(), local: true },
  close_panel: { keys: ['escape'], group: 'record', label: () => m.key_close_panel() },
  full_page: { keys: ['mod+enter'], group: 'record', label: () => m.key_full_page() },
  log_note: { keys: ['l'], group: 'record', label: () => m.key_log_note() },
  set_step: { keys: ['n'], group: 'record', label: () => m.key_set_step() },
  brief: { keys: ['b'], group: 'record', label: () => m.key_brief() },
  accept: { keys: ['a'], group: 'record', label: () => m.key_accept() },
  give_back: { keys: ['r'], group: 'record', label: () => m.key_give_back() },
  claim: { keys: ['t'], group: 'record', label: () => m.key_claim() },
  offer: { keys: ['o'], group: 'record', label: () => m.key_offer() },
  answer: { keys: ['y', 'n', 'u'], group: 'record', label: () => m.key_answer(), local: true },
  settle_as_proposed: { keys: ['s'], group: 'record', label: () => m.key_settle_as_proposed() },
  archive: { keys: ['mod+backspace'], group: 'record', label: () => m.key_archive() },
  settle: { keys: ['1', '2'], group: 'record', label: () => m.key_settle(), local: true },
  write_third: { keys: ['w'], group: 'record', label: () => m.key_write_third(), local: true },
  pick_up: { keys: ['space'], group: 'board', label: () => m.key_pick_up(), local: true },
  move_card: {
    keys: ['arrowright', 'arrowleft'],
    group: 'board',
    label: () => m.key_move_card(),
    local: true,
  },
  toggle_view: { keys: ['v'], group: 'board', label: () => m.key_toggle_view() },
} satisfies Record<string, Shortcut>;

export type ShortcutId = keyof typeof SHORTCUTS;

export const shortcut = (id: ShortcutId): Shortcut => SHORTCUTS[id];
