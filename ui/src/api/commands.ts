import type {
  Answered,
  AppState,
  Backtest,
  Board,
  Brief,
  ChangeDetail,
  ChangePage,
  ChangeRef,
  ConflictInfo,
  ContactWarning,
  Counted,
  Done,
  Exported,
  Feedback,
  FieldChange,
  ForgottenList,
  GateInfo,
  ImportPreview,
  ImportReport,
  Invite,
  Made,
  Marks,
  Metrics,
  NumberRecords,
  RecordInfo,
  RecordPage,
  RecordRef,
  Related,
  Renewed,
  Request,
  ReturnedPage,
  RouteInfo,
  SchemaInfo,
  SearchHit,
  Settlement,
  Status,
  TextState,
  Timeline,
  Today,
  TriedPage,
  Undone,
  VerifyReport,
  Violations,
} from './types';

/** What each command answers, as `request.rs` says beside each variant. */
export interface Answers {
  app: AppState;
  start: AppState;
  join: AppState;
  open_sample: AppState;
  open: AppState;
  close: AppState;
  remove_sample: AppState;
  set_preferences: AppState;
  schema: SchemaInfo;
  status: Status;
  list: RecordPage;
  board: Board;
  record: RecordInfo;
  find_id: RecordRef;
  find_change: ChangeRef;
  related: Related;
  timeline: Timeline;
  field_history: FieldChange[];
  history: ChangePage;
  change: ChangeDetail;
  conflicts: ConflictInfo[];
  search: SearchHit[];
  text: TextState;
  values: Counted[];
  create: Made;
  set: Done;
  archive: Done;
  undo: Undone;
  redo: Undone;
  settle: Done;
  edit_text: TextState;
  define_field: SchemaInfo;
  rename_field: SchemaInfo;
  retire_field: SchemaInfo;
  rename_workspace: AppState;
  today: Today;
  gate: GateInfo;
  route: RouteInfo;
  brief: Brief;
  settlement: Settlement | null;
  marks: Marks[];
  forgotten: ForgottenList;
  check_move: Violations;
  warnings: ContactWarning[];
  metrics: Metrics;
  feedback: Feedback;
  returned: ReturnedPage;
  number: NumberRecords;
  backtest: Backtest;
  tried: TriedPage;
  switch_on: Done;
  answer: Answered;
  offer: Done;
  accept: Done;
  return: Done;
  claim: Done;
  withdraw: Done;
  onboard: Done;
  log: Done;
  renew: Renewed;
  import_preview: ImportPreview;
  import_run: ImportReport;
  import_cancel: Done;
  export: Exported;
  invite: Invite;
  set_relay: Status;
  sync_now: Status;
  verify: VerifyReport;
}

export type Command = Request['command'];

/** Absent and empty mean the same to the engine: what may be null, is a list or has a default may be left out. */
type Omittable<T> = {
  [K in keyof T]-?: null extends T[K]
    ? K
    : T[K] extends unknown[]
      ? K
      : K extends 'offset' | 'mapping' | 'only_read' | 'without_meter'
        ? K
        : never;
}[keyof T];
export type Input<T> = Partial<Pick<T, Omittable<T>>> & Omit<T, Omittable<T>>;

type PayloadOf<C extends Command> =
  Extract<Request, { command: C }> extends { payload: infer P } ? P : undefined;
export type Payload<C extends Command> = PayloadOf<C> extends undefined ? undefined : Input<PayloadOf<C>>;
