//! Studios keep working when the control database is down, and notice when it is back.

use reqwest::{Method, StatusCode};

use crate::http::{Person, api, client};
use crate::up::{Up, fresh_data_dir};

#[tokio::test]
async fn studios_outlive_the_control_database() {
    let up = Up::start(&fresh_data_dir(), &["--demo"]);
    let person = Person::by_link(&up, "demo", &up.sign_in_url("demo")).await;
    up.stop_control_database();

    for _ in 0..3 {
        assert_eq!(person.get("/calendar").await.status(), StatusCode::OK);
    }
    // A studio that nobody has asked for yet is known all the same.
    let other = client().get(up.url("lantern.localhost")).send().await.unwrap();
    assert_eq!(other.status(), StatusCode::SEE_OTHER);

    let answer = api(&up, Method::GET, "/v1/tenants").send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert!(answer.text().await.unwrap().contains("Studios keep working"));
    let ready =
        client().get(format!("http://127.0.0.1:{}/readyz", up.ops_port)).send().await.unwrap();
    assert_eq!(ready.status(), StatusCode::OK, "a load balancer keeps sending people here");
    assert!(ready.text().await.unwrap().contains("control database cannot be reached"));
    let alive =
        client().get(format!("http://127.0.0.1:{}/healthz", up.ops_port)).send().await.unwrap();
    assert_eq!(alive.status(), StatusCode::OK);
}
