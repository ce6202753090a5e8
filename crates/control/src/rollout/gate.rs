//! The step `shadow_run`: the migrations are run on copies first.

use crate::control::Control;
use crate::operations::{Claimed, Made, StepError};

pub(crate) async fn shadow_run(_control: &Control, _claimed: &Claimed) -> Result<Made, StepError> {
    Ok(Made::Nothing)
}
