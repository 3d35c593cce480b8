//! Who may write to a workspace's log: who is let in, who vouches for whom.

use rusqlite::{Connection, OptionalExtension, Transaction, params};
use tandem_sync::membership::MAX_PROOF;
use tandem_sync::record::RecordHash;
use tandem_sync::wire::{Refusal, RefusalCode, Welcome};
use tandem_sync::{DeviceId, FoundingCertificate, MemberCertificate, WorkspaceId};

use crate::error::StorageError;
use crate::log::{Admit, Outcome, Vouch};
use crate::sqlite::{Stored, member, refused};

pub(crate) fn admit(tx: &Transaction<'_>, request: &Admit, max_workspaces: u64) -> Stored<Outcome> {
    let (workspace, device) = (request.workspace, request.device);
    if let Some(known) = welcome(tx, workspace, device)? {
        return Ok(Outcome::Admitted(known));
    }
    let founder: Option<[u8; 32]> = tx
        .prepare_cached("SELECT founder FROM workspace WHERE id = ?1")?
        .query_row([workspace.to_bytes()], |row| row.get(0))
        .optional()?;
    let founder = founder.map(DeviceId::from_bytes).or(request.founding.map(|f| f.founder));
    let Some(founder) = founder else {
        return Ok(refused(RefusalCode::UnknownWorkspace, "this relay does not know the workspace"));
    };
    let vouched = vouched_for(tx, request, founder)?;
    if vouched.is_empty()
        && let Err(refusal) = may_enter(tx, request, founder)?
    {
        return Ok(Outcome::Refused(refusal));
    }
    if let Some(founding) = &request.founding
        && let Err(refusal) = found(tx, workspace, founding, request.now_s, max_workspaces)?
    {
        return Ok(Outcome::Refused(refusal));
    }
    for certificate in vouched.iter().rev() {
        if member(tx, workspace, certificate.device)?.is_none() {
            insert_member(tx, workspace, certificate.device, request.now_s, Some((None, certificate.by)))?;
        }
        keep(tx, workspace, certificate)?;
    }
    if let (true, true, Some(admission)) = (vouched.is_empty(), device != founder, &request.admission) {
        let invited_by = Some((Some(admission.invite.token), admission.invite.issuer));
        insert_member(tx, workspace, device, request.now_s, invited_by)?;
    }
    match welcome(tx, workspace, device)? {
        Some(welcome) => Ok(Outcome::Admitted(welcome)),
        None => Ok(refused(RefusalCode::UnknownWorkspace, "this relay does not know the workspace")),
    }
}

/// The steps of the device's proof up to the first device that is known here, or the founder; none where it leads nowhere.
fn vouched_for<'a>(tx: &Transaction<'_>, request: &'a Admit, founder: DeviceId) -> Stored<&'a [MemberCertificate]> {
    for (at, certificate) in request.proof.iter().enumerate() {
        if certificate.by == founder || member(tx, request.workspace, certificate.by)?.is_some() {
            return Ok(&request.proof[..=at]);
        }
    }
    Ok(&[])
}

fn may_enter(tx: &Transaction<'_>, request: &Admit, founder: DeviceId) -> Stored<Result<(), Refusal>> {
    let refuse = |code, reason: &str| Ok(Err(Refusal::new(code, reason)));
    if request.device == founder {
        return Ok(Ok(()));
    }
    let Some(admission) = &request.admission else {
        return refuse(RefusalCode::NotAMember, "this device is not a member of the workspace: it needs an invite");
    };
    let invite = &admission.invite;
    if invite.is_expired(request.now_s) {
        return refuse(RefusalCode::InviteExpired, "this invite has expired: ask for a new one");
    }
    if invite.issuer != founder && member(tx, request.workspace, invite.issuer)?.is_none() {
        return refuse(RefusalCode::InviteIssuer, "whoever made this invite is not a member of the workspace");
    }
    let used = tx
        .prepare_cached(
            "SELECT 1 FROM member JOIN workspace ON workspace.key = member.workspace
             WHERE workspace.id = ?1 AND token = ?2",
        )?
        .exists([request.workspace.to_bytes().as_slice(), &invite.token.to_bytes()])?;
    if used {
        return refuse(RefusalCode::InviteUsed, "this invite has already been used: ask for a new one");
    }
    Ok(Ok(()))
}

/// Starts the workspace's log if there is none yet, with its founder as first member.
fn found(
    tx: &Transaction<'_>,
    workspace: WorkspaceId,
    founding: &FoundingCertificate,
    now_s: u64,
    max_workspaces: u64,
) -> Stored<Result<(), Refusal>> {
    let exists = tx.prepare_cached("SELECT 1 FROM workspace WHERE id = ?1")?.exists([workspace.to_bytes()])?;
    if exists {
        return Ok(Ok(()));
    }
    let count: u64 = tx.query_row("SELECT count(*) FROM workspace", [], |row| row.get(0))?;
    if count >= max_workspaces {
        return Ok(Err(Refusal::new(RefusalCode::Closed, "this relay takes no further workspaces")));
    }
    let mut log = [0; 16];
    getrandom::fill(&mut log).map_err(|e| StorageError::Failed(e.to_string()))?;
    tx.prepare_cached("INSERT INTO workspace (id, log, founder, created_s) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![workspace.to_bytes(), log, founding.founder.to_bytes(), now_s])?;
    insert_member(tx, workspace, founding.founder, now_s, None)?;
    Ok(Ok(()))
}

fn insert_member(
    tx: &Transaction<'_>,
    workspace: WorkspaceId,
    device: DeviceId,
    now_s: u64,
    invited_by: Option<(Option<DeviceId>, DeviceId)>,
) -> Stored<()> {
    tx.prepare_cached(
        "INSERT INTO member (workspace, device, admitted_s, token, invited_by, last_hash)
         SELECT key, ?2, ?3, ?4, ?5, ?6 FROM workspace WHERE id = ?1",
    )?
    .execute(params![
        workspace.to_bytes(),
        device.to_bytes(),
        now_s,
        invited_by.and_then(|(token, _)| token).map(DeviceId::to_bytes),
        invited_by.map(|(_, issuer)| issuer.to_bytes()),
        RecordHash::NONE.to_bytes(),
    ])?;
    Ok(())
}

pub(crate) fn vouch(tx: &Transaction<'_>, request: &Vouch) -> Stored<Outcome> {
    if member(tx, request.workspace, request.voucher)?.is_none() {
        return Ok(refused(RefusalCode::NotAMember, "this device is not a member of the workspace"));
    }
    for certificate in &request.certificates {
        if member(tx, request.workspace, certificate.device)?.is_none() {
            let invited_by = Some((None, request.voucher));
            insert_member(tx, request.workspace, certificate.device, request.now_s, invited_by)?;
        }
        keep(tx, request.workspace, certificate)?;
    }
    Ok(Outcome::Vouched)
}

/// Keeps a certificate if it leads to the founder on a shorter way than what was known.
fn keep(tx: &Transaction<'_>, workspace: WorkspaceId, certificate: &MemberCertificate) -> Stored<()> {
    let Some(way) = way_to_founder(tx, workspace, certificate.by)? else { return Ok(()) };
    let roundabout = way.iter().any(|step| step.by == certificate.device) || way.len() + 1 > MAX_PROOF;
    let known = way_to_founder(tx, workspace, certificate.device)?;
    if roundabout || known.is_some_and(|known| known.len() <= way.len() + 1) {
        return Ok(());
    }
    tx.prepare_cached(
        "UPDATE member SET vouched_by = ?3, vouched = ?4
         WHERE workspace = (SELECT key FROM workspace WHERE id = ?1) AND device = ?2",
    )?
    .execute(params![
        workspace.to_bytes(),
        certificate.device.to_bytes(),
        certificate.by.to_bytes(),
        certificate.signature
    ])?;
    Ok(())
}

/// The certificates that lead from a member to the founder; `None` where they do not.
fn way_to_founder(db: &Connection, workspace: WorkspaceId, member: DeviceId) -> Stored<Option<Vec<MemberCertificate>>> {
    let mut select = db.prepare_cached(
        "SELECT workspace.founder, vouched_by, vouched
         FROM workspace LEFT JOIN member ON member.workspace = workspace.key AND member.device = ?2
         WHERE workspace.id = ?1",
    )?;
    let (mut way, mut device) = (Vec::new(), member);
    while way.len() <= MAX_PROOF {
        let step = select
            .query_row([workspace.to_bytes().as_slice(), &device.to_bytes()], |row| {
                let founder = DeviceId::from_bytes(row.get(0)?);
                let (by, signature): (Option<[u8; 32]>, Option<[u8; 64]>) = (row.get(1)?, row.get(2)?);
                let by = by.map(DeviceId::from_bytes);
                Ok((founder, by.zip(signature).map(|(by, signature)| MemberCertificate { device, by, signature })))
            })
            .optional()?;
        match step {
            Some((founder, _)) if founder == device => return Ok(Some(way)),
            Some((_, Some(certificate))) => {
                device = certificate.by;
                way.push(certificate);
            }
            _ => return Ok(None),
        }
    }
    Ok(None)
}

/// What to tell a member that connects.
pub(crate) fn welcome(db: &Connection, workspace: WorkspaceId, device: DeviceId) -> Stored<Option<Welcome>> {
    let Some(member) = member(db, workspace, device)? else { return Ok(None) };
    let proof = way_to_founder(db, workspace, device)?.filter(|way| way.len() <= MAX_PROOF).unwrap_or_default();
    Ok(Some(Welcome { proof, ..member.welcome }))
}
