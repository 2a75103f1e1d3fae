//! The styles of parameters.

use crate::runtime::style::{PLAIN, ParameterStyle, Style, pairs, simple};
use crate::runtime::url_encoding::encode_part;
use serde_json::{Value, json};

fn query(value: &Value, style: Style, explode: bool) -> String {
    let pairs = pairs("color", value, ParameterStyle { style, explode });
    pairs.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&")
}

/// From the table of style examples in the OpenAPI specification.
#[test]
fn query_parameters_follow_openapi() {
    let (list, object) = (json!(["blue", "black"]), json!({"B": 150, "R": 100}));
    let cases = [
        (json!("blue"), Style::Form, true, "color=blue"),
        (json!(""), Style::Form, true, "color="),
        (json!(5), Style::Form, true, "color=5"),
        (json!(true), Style::Form, false, "color=true"),
        (json!(null), Style::Form, false, "color="),
        (list.clone(), Style::Form, true, "color=blue&color=black"),
        (list.clone(), Style::Form, false, "color=blue,black"),
        (list.clone(), Style::SpaceDelimited, false, "color=blue black"),
        (list.clone(), Style::PipeDelimited, false, "color=blue|black"),
        (list.clone(), Style::Json, false, "color=[\"blue\",\"black\"]"),
        (object.clone(), Style::Form, true, "B=150&R=100"),
        (object.clone(), Style::Form, false, "color=B,150,R,100"),
        (object.clone(), Style::DeepObject, true, "color[B]=150&color[R]=100"),
        (json!([]), Style::Form, true, ""),
        (json!([]), Style::Form, false, ""),
        (json!({}), Style::Form, false, ""),
    ];
    for (value, style, explode, expected) in cases {
        assert_eq!(query(&value, style, explode), expected, "{value} {style:?} {explode}");
    }
}

#[test]
fn path_parameters_and_headers_follow_openapi() {
    let (list, object) = (json!(["blue", "black"]), json!({"B": 150, "R": 100}));
    let cases = [
        (json!("blue"), Style::Simple, false, "blue"),
        (list.clone(), Style::Simple, false, "blue,black"),
        (list.clone(), Style::Simple, true, "blue,black"),
        (object.clone(), Style::Simple, false, "B,150,R,100"),
        (object.clone(), Style::Simple, true, "B=150,R=100"),
        (json!("blue"), Style::Label, false, ".blue"),
        (list.clone(), Style::Label, false, ".blue,black"),
        (list.clone(), Style::Label, true, ".blue.black"),
        (object.clone(), Style::Label, true, ".B=150.R=100"),
        (json!("blue"), Style::Matrix, false, ";color=blue"),
        (list.clone(), Style::Matrix, false, ";color=blue,black"),
        (list.clone(), Style::Matrix, true, ";color=blue;color=black"),
        (object.clone(), Style::Matrix, false, ";color=B,150,R,100"),
        (object.clone(), Style::Matrix, true, ";B=150;R=100"),
        (object.clone(), Style::Json, false, "{\"B\":150,\"R\":100}"),
    ];
    for (value, style, explode, expected) in cases {
        let written = simple("color", &value, ParameterStyle { style, explode }, PLAIN);
        assert_eq!(written, expected, "{value} {style:?} {explode}");
    }
}

#[test]
fn parts_are_encoded_and_separators_are_not() {
    assert_eq!(simple("c", &json!(["a,b", "c"]), ParameterStyle::SIMPLE, encode_part), "a%2Cb,c");
}
