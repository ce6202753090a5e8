//! The two studios of `up --demo`.

use std::time::Duration;

use anyhow::{Context, Result, bail};
use cloison_control::call::Call;
use cloison_control::operations::{running_operation, wait_for_end};
use cloison_control::provision::{ProvisionError, ProvisionRequest, provision};
use cloison_control::{owner_connect, sign_in_link};
use cloison_model::{OperationState, Subdomain};
use cloison_server::Platform;
use cloison_studio::demo::{self, DemoError, LANTERN_YARD, MAREE, Profile, Size};
use jiff::Timestamp;

use crate::args::{DemoSize, UpOptions};

const ACTOR: &str = "cloison up --demo";
/// Far longer than a studio takes, even after a crash.
const PATIENCE: Duration = Duration::from_mins(2);
const STUDIOS: [(&str, &Profile); 2] = [("demo", &MAREE), ("lantern", &LANTERN_YARD)];

/// A studio to look at.
pub(super) struct Studio {
    pub(super) name: String,
    pub(super) url: String,
    pub(super) sign_in_url: String,
}

/// Makes the studios that are not there, and a fresh sign-in link for each.
pub(super) async fn ensure(options: &UpOptions, platform: &Platform) -> Result<Vec<Studio>> {
    let region = options.servers.first().map_or("eu", |it| it.region.as_str());
    let studios =
        STUDIOS.map(|(subdomain, profile)| studio(options, platform, region, subdomain, profile));
    futures_util::future::try_join_all(studios).await
}

async fn studio(
    options: &UpOptions,
    platform: &Platform,
    region: &str,
    subdomain: &str,
    profile: &Profile,
) -> Result<Studio> {
    let subdomain: Subdomain = subdomain.parse().context("read the demo's subdomain")?;
    let request = ProvisionRequest {
        subdomain: subdomain.clone(),
        name: profile.name.to_owned(),
        region: region.to_owned(),
        plan: "standard".to_owned(),
        owner_email: format!("owner@{}", profile.mail_domain),
        locale: profile.locale.to_owned(),
        time_zone: profile.time_zone.to_owned(),
    };
    let control = &platform.control;
    match provision(control, &Call::internal(ACTOR), &request).await {
        Ok(_) | Err(ProvisionError::SubdomainTaken(_)) => {}
        Err(error) => return Err(error).with_context(|| format!("make the studio {subdomain}")),
    }
    // Begun just now, or before a crash.
    if let Some(operation) = running_operation(control, &subdomain).await? {
        let state = wait_for_end(control, operation, PATIENCE).await?;
        if state != Some(OperationState::Done) {
            bail!(
                "could not make the studio {subdomain}; see: cloison operations show {operation}"
            );
        }
    }
    fill(options, platform, &subdomain, profile)
        .await
        .with_context(|| format!("fill the studio {subdomain}"))?;
    let call = Call::internal(ACTOR);
    let token = sign_in_link(&platform.control, &subdomain, &call, Timestamp::now()).await?;
    Ok(Studio {
        name: profile.name.to_owned(),
        url: platform.public_url.tenant(&subdomain),
        sign_in_url: platform.public_url.sign_in(&subdomain, None, &token),
    })
}

/// A studio that has anything in it is left alone.
async fn fill(
    options: &UpOptions,
    platform: &Platform,
    subdomain: &Subdomain,
    profile: &Profile,
) -> Result<()> {
    let size = match options.demo_size {
        DemoSize::Small => Size::Small,
        DemoSize::Busy => Size::Busy,
    };
    let client = owner_connect(&platform.control, subdomain).await?;
    match demo::fill(&client, profile, size, options.demo_seed, Timestamp::now()).await {
        Ok(_) | Err(DemoError::NotEmpty) => Ok(()),
        Err(error) => Err(error.into()),
    }
}
