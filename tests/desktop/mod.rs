//! The real window: the shipped binary in the system's webview, driven as a person would.

mod story;

use crate::support::{Desk, Relay, Screen, Window};

#[tokio::test]
async fn a_workspace_is_started_and_a_first_deal_created() {
    let (screen, desk) = (Screen::start(), Desk::empty());
    let window = Window::open(&screen, &desk, "Mia").await;
    window.sees("Explore the sample workspace").await;
    window.click("Start a workspace").await;
    window.fill("Workspace name", "Nordwind GTM").await;
    window.fill("Your name", "Mia Berg").await;
    window.fill("Your e-mail address", "mia@nordwind.example").await;
    window.click("Start").await;
    window.sees("Nordwind GTM").await;
    window.sees("Nothing to do").await;
    window.click("Pipeline").await;
    window.click("New opportunity").await;
    window.fill("Name", "Windpark Kiel").await;
    window.click("Create").await;
    window.sees("Windpark Kiel").await;
    window.close().await;
    // What the window shows is what other programs find in the file.
    let file = desk.only_workspace();
    let deals = desk.json(&["--workspace", file.to_str().unwrap(), "list", "opportunity"]);
    assert_eq!(deals["total"], 1, "{deals}");
    assert_eq!(deals["records"][0]["fields"]["name"], "Windpark Kiel");
    assert_eq!(desk.json(&["--workspace", file.to_str().unwrap(), "verify"])["clean"], true);
}

#[tokio::test]
async fn an_edit_in_one_window_appears_in_the_other_through_the_relay() {
    let (screen, relay) = (Screen::start(), Relay::start());
    let (mia, ravi) = Desk::pair(&relay);
    mia.create("opportunity", &["name=Windpark Kiel", "stage=qualified"]);
    let (left, right) = (Window::open(&screen, &mia, "Mia").await, Window::open(&screen, &ravi, "Ravi").await);
    for window in [&left, &right] {
        window.click("Pipeline").await;
        window.sees("Windpark Kiel").await;
    }
    left.open_card("Windpark Kiel").await;
    left.enter("Name", "Windpark Husum").await;
    right.sees("Windpark Husum").await;
    right.no_longer_sees("Windpark Kiel").await;
    for window in [&left, &right] {
        window.sees("Same everywhere").await;
    }
    left.close().await;
    right.close().await;
    assert_eq!(mia.fingerprint(), ravi.fingerprint());
}

#[tokio::test]
async fn offline_edits_on_both_become_a_conflict_that_one_click_settles_for_both() {
    let (screen, relay) = (Screen::start(), Relay::start());
    let (mia, ravi) = Desk::pair(&relay);
    let id = mia.create("opportunity", &["name=Windpark Kiel", "stage=qualified"]);
    let (left, right) = (Window::open(&screen, &mia, "Mia").await, Window::open(&screen, &ravi, "Ravi").await);
    for window in [&left, &right] {
        window.click("Pipeline").await;
        window.sees("Windpark Kiel").await;
    }
    let gone = relay.kill();
    for (window, name) in [(&left, "Windpark by Mia"), (&right, "Windpark by Ravi")] {
        window.sees("Offline").await;
        window.open_card("Windpark Kiel").await;
        window.enter("Name", name).await;
        window.sees("1 change waiting").await;
    }
    let relay = gone.start();
    for window in [&left, &right] {
        window.click("Conflicts").await;
        window.sees("Windpark by Mia").await;
        window.sees("Windpark by Ravi").await;
    }
    right.click("Keep Windpark by Ravi").await;
    for window in [&right, &left] {
        window.no_longer_sees("Windpark by Mia").await;
        window.sees("Same everywhere").await;
    }
    left.close().await;
    right.close().await;
    for desk in [&mia, &ravi] {
        assert_eq!(desk.json(&["show", &id])["fields"]["name"], "Windpark by Ravi");
        assert_eq!(desk.json(&["conflicts"]), serde_json::json!([]));
    }
    drop(relay);
}
