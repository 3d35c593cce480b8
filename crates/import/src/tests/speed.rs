//! What a large file costs. The bounds are far above what is measured: they notice a scan where a look-up belongs.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use super::memory::Memory;
use crate::Table;

/// Rows of opportunities, twenty columns wide.
fn file(rows: usize) -> String {
    let mut text = "opportunity_id,name,account,product,owner,stage,amount,close_date,created date,next step,source,type,phone,email,note 1,note 2,note 3,note 4,note 5,note 6\n".to_owned();
    for n in 0..rows {
        let (day, account) = (n % 28 + 1, n % 5_000);
        writeln!(
            text,
            "OPP-{n},Deal {n},Company {account},Product {},Rep {},{},{}.50,03/{day}/2027,2026-11-{day:02},Call,Website,New Business,+1 415 293 {:04},person{n}@company{account}.example,a,b,c,d,e,f",
            n % 40,
            n % 200,
            ["New", "Qualified", "Closed Won", "Closed Lost"][n % 4],
            n * 7 % 90_000,
            n % 10_000,
        )
        .unwrap();
    }
    text
}

fn timed<T>(what: &str, rows: usize, most: Duration, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let made = work();
    let took = start.elapsed();
    println!("{what}: {took:?}, {:.0} rows/s", rows as f64 / took.as_secs_f64());
    assert!(took < most, "{what} took {took:?}");
    made
}

#[test]
fn a_hundred_thousand_rows_take_seconds() {
    const ROWS: usize = 100_000;
    let text = file(ROWS);
    let bytes = text.as_bytes();
    let table = timed("read", ROWS, Duration::from_secs(10), || Table::read(bytes)).unwrap();
    let mut memory = Memory::default();
    let plan =
        timed("plan, all new", ROWS, Duration::from_secs(60), || memory.plan_table(&table, "deals.csv", None, &[]));
    assert_eq!(
        (plan.created(), plan.linked["account"], plan.linked["product"], plan.linked["member"]),
        (ROWS, 5_000, 40, 200)
    );
    memory.write(&plan);
    let again =
        timed("plan, all there", ROWS, Duration::from_secs(60), || memory.plan_table(&table, "deals.csv", None, &[]));
    assert_eq!((again.creates.len(), again.updates.len(), again.unchanged as usize), (0, 0, ROWS));
}
