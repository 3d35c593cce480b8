//! One opportunity's whole way in the real window: two devices, a third one's hand in it, and one record from import to renewal.

use serde_json::{Value as Json, json};

use crate::support::{Desk, Relay, Screen, Window};

const LEAD: &str = "Windpark Kiel";
/// The questions of the gate that people answer, with what the marketer hears.
const ANSWERS: [(&str, &str); 4] = [
    ("Need confirmed", "They lose two days a week on quotes"),
    ("Budget known", "40,000 in the plan"),
    ("Decider known", "The plant manager signs"),
    ("Timing known", "Before the summer"),
];

/// Answers a question of the gate with yes in the record that is open.
async fn answer(window: &Window, question: &str, evidence: &str) {
    window.click(&format!("{question}…")).await;
    window.click("Yes").await;
    window.enter("How do we know?…", evidence).await;
    window.sees(evidence).await;
}

/// Puts the record that is open to another stage.
async fn put_to(window: &Window, stage: &str) {
    window.click("Edit Stage").await;
    window.enter("Stage", stage).await;
}

fn field(desk: &Desk, id: &str, name: &str) -> Json {
    desk.json(&["show", id])["fields"][name].clone()
}

#[tokio::test]
async fn one_record_is_imported_qualified_claimed_twice_returned_nurtured_won_onboarded_and_renewed() {
    let (screen, relay) = (Screen::start(), Relay::start());
    let (mia, ravi) = Desk::pair(&relay);
    let (left, right) = (Window::open(&screen, &mia, "Mia").await, Window::open(&screen, &ravi, "Ravi").await);

    // A lead comes in by import, into the workspace that stands open.
    let file = mia.file(
        "fair.csv",
        "Deal Name,Account,Amount,Currency,Stage,Source\nWindpark Kiel,Nordwind AG,48000,EUR,Engaged,Event\n",
    );
    mia.json(&["import", "opportunity", &file]);
    let id = mia.json(&["list", "opportunity"])["records"][0]["id"].as_str().unwrap().to_owned();
    let account = field(&mia, &id, "account")["id"].as_str().unwrap().to_owned();
    mia.json(&["set", &account, "employees=400"]);

    // Marketing qualifies it and offers it to the only rep there is.
    left.click("Pipeline").await;
    left.open_card(LEAD).await;
    for (question, evidence) in ANSWERS {
        answer(&left, question, evidence).await;
    }
    left.sees("It passes: sales can have it.").await;
    left.click("Offer to Ravi Sharma").await;
    left.sees("Offered to Ravi Sharma").await;

    // Two take it without network: who was offered it in their window, and a colleague who did not know.
    let kim = Desk::empty();
    let link = mia.json(&["invite"])["link"].as_str().unwrap().to_owned();
    kim.json(&["join", &link, "--as", "Kim Lee <kim@acme.example>", "--team", "sales"]);
    let kims_id = kim.json(&["list", "member", "--filter", "name=Kim Lee"])["records"][0]["id"].clone();
    right.click("Today").await;
    right.sees("Mia Berg offers it to you").await;
    let gone = relay.kill();
    right.sees("Offline").await;
    right.click("Accept").await;
    right.sees("1 change waiting").await;
    kim.json(&["claim", &id]);
    kim.create("activity", &["type=call", "direction=outbound", "subject=Kim's call", &format!("opportunity={id}")]);
    let relay = gone.start();
    for desk in [&kim, &ravi, &kim] {
        desk.json(&["sync"]);
    }
    let told =
        |desk: &Desk| desk.json(&["today"])["items"].as_array().unwrap().iter().any(|one| one["what"] == "settle");
    assert!(told(&kim) && told(&ravi), "both reps are told");

    // They agree in the window, where a proposal stands; what Kim logged stays on it.
    right.click("Pipeline").await;
    right.open_card(LEAD).await;
    right.sees("Two took it without knowing of each other").await;
    right.sees("Proposed: ").await;
    right.sees("Kim's call").await;
    right.click("Settle for Ravi Sharma").await;
    right.no_longer_sees("Two took it without knowing of each other").await;
    mia.json(&["set", kims_id.as_str().unwrap(), "active=no"]);

    // The rep gives it back in his own words, and marketing reads them.
    right.click("Give back").await;
    right.choose("Reason", "Wrong time").await;
    right.fill("In your own words", "They only decide after the summer, says Dr. Weber").await;
    right.submit().await;
    left.sees("gave it back to marketing: Wrong time").await;
    left.sees("They only decide after the summer, says Dr. Weber").await;
    left.click("Feedback").await;
    left.click("Returned leads…").await;
    left.sees("They only decide after the summer, says Dr. Weber").await;

    // Marketing lets it rest until a day; when that has come, it is in the queue by itself.
    left.click("Pipeline").await;
    left.open_card(LEAD).await;
    put_to(&left, "Nurture").await;
    left.choose("Reason", "Timing").await;
    left.enter("Comes back on", "+30").await;
    left.sees("Comes back on").await;
    let waits = mia.json(&["today"]);
    assert!(waits["items"].as_array().unwrap().iter().all(|one| one["what"] != "revive"), "{waits}");
    let today = mia.json(&["today"])["now"].as_str().unwrap()[..10].to_owned();
    mia.json(&["set", &id, &format!("return_on={today}")]);
    left.sees("Back since").await;
    left.click("Take up again").await;

    // It is qualified anew, accepted, and won.
    answer(&left, "Timing known", "The board moved it to May").await;
    left.sees("It passes: sales can have it.").await;
    left.click("Offer to Ravi Sharma").await;
    right.sees("Offered to Ravi Sharma").await;
    right.click("Accept").await;
    right.sees("accepted the offer").await;
    put_to(&right, "Won").await;
    // Only then does the panel stand still.
    right.sees("moved it to Won").await;

    // The same record goes on with the customer: onboarding, and the renewal that follows from it.
    right.click("Start onboarding").await;
    right.sees("0 of 4").await;
    left.click("Numbers").await;
    left.sees("€48,000").await;
    right.click("Begin renewal").await;
    right.sees("Purchases that follow from each other").await;

    // Once it has come to marketing through the relay, the third device can have it too.
    left.click("Pipeline").await;
    left.open_card(LEAD).await;
    left.sees("Purchases that follow from each other").await;
    kim.json(&["sync"]);
    for window in [&left, &right] {
        window.sees("Same everywhere").await;
    }
    left.close().await;
    right.close().await;
    assert_eq!(mia.fingerprint(), ravi.fingerprint());
    let kept = mia.json(&["show", &id])["fields"].clone();
    assert_eq!((&kept["name"], &kept["stage"]), (&json!(LEAD), &json!("onboarding")), "one record throughout");
    let all = mia.json(&["list", "opportunity"]);
    assert_eq!(all["total"], 2, "{all}");
    let renewal = all["records"].as_array().unwrap().iter().find(|one| one["id"] != id.as_str()).unwrap();
    assert_eq!((&renewal["fields"]["type"], &renewal["fields"]["parent"]["id"]), (&json!("renewal"), &json!(id)));
    drop(relay);
}
