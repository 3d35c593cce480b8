//! From what goes wrong below to what a caller is told.

use tandem_context::ContextError;
use tandem_store::StoreError;

use crate::api::ApiError;

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        Self::new(error.code(), error.to_string())
    }
}

impl From<ContextError> for ApiError {
    fn from(error: ContextError) -> Self {
        let field = match &error {
            ContextError::Invalid(invalid) => Some(invalid.field.clone()),
            ContextError::Missing { field, .. } | ContextError::UnknownField { field, .. } => Some(field.clone()),
            _ => None,
        };
        let mut fault = Self::new(error.code(), error.to_string());
        fault.field = field;
        fault.remark = error.remark().as_ref().map(Into::into);
        fault
    }
}

impl From<tandem_context::InvalidValue> for ApiError {
    fn from(error: tandem_context::InvalidValue) -> Self {
        ContextError::from(error).into()
    }
}

impl From<tandem_sync::Error> for ApiError {
    fn from(error: tandem_sync::Error) -> Self {
        Self::new(error.code(), error.to_string())
    }
}
