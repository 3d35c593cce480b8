//! What is sold.

use super::{description, external_id};
use crate::schema::field::{FieldType as T, field};
use crate::schema::{Kind, Title};

pub(super) fn product() -> Kind {
    Kind {
        name: "product",
        title: &[Title::Fields(&["name"])],
        aliases: &["product", "products", "produkt", "produkte", "artikel"],
        subtitle: &["family", "code"],
        fields: vec![
            field("name", T::Line).required().listed().indexed().searched().alias(&[
                "name",
                "product",
                "productname",
                "produkt",
                "produktname",
                "artikel",
                "bezeichnung",
            ]),
            field("code", T::Line).listed().identifies().searched().alias(&[
                "code",
                "productcode",
                "sku",
                "artikelnummer",
                "hssku",
            ]),
            field("family", T::Line).listed().indexed().searched().alias(&[
                "family",
                "productfamily",
                "series",
                "serie",
                "produktfamilie",
                "category",
                "kategorie",
            ]),
            field("price", T::Money).listed().indexed().alias(&[
                "price",
                "salesprice",
                "unitprice",
                "listprice",
                "preis",
                "verkaufspreis",
                "stueckpreis",
            ]),
            field("currency", T::Currency).alias(&["currency", "waehrung", "currencyisocode"]),
            field("active", T::Boolean).alias(&["active", "isactive", "aktiv"]),
            description(&["description", "beschreibung", "productdescription"]),
            external_id(&["id", "productid", "recordid", "externalid"]),
        ],
    }
}
