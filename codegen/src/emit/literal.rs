//! Number literals, with separators in long ones.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// Returns the literal of an integer.
pub fn integer(value: i128) -> TokenStream {
    let digits = grouped_whole(&value.unsigned_abs().to_string());
    let literal = parsed(&digits, || Literal::u128_unsuffixed(value.unsigned_abs()));
    if value < 0 {
        quote! { -#literal }
    } else {
        quote! { #literal }
    }
}

/// Returns the literal of a finite number.
pub fn float(value: f64) -> TokenStream {
    // The shortest text that parses as the same number.
    let text = format!("{:?}", value.abs());
    let (digits, exponent) = text.find('e').map_or((text.as_str(), ""), |at| text.split_at(at));
    let text = match digits.split_once('.') {
        Some((whole, fraction)) => format!("{}.{}{exponent}", grouped_whole(whole), grouped_fraction(fraction)),
        None => text,
    };
    let literal = parsed(&text, || Literal::f64_unsuffixed(value.abs()));
    if value.is_sign_negative() {
        quote! { -#literal }
    } else {
        quote! { #literal }
    }
}

fn parsed(text: &str, plain: impl FnOnce() -> Literal) -> Literal {
    text.parse().unwrap_or_else(|_| plain())
}

fn grouped_whole(digits: &str) -> String {
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) && digits.len() > 4 {
            text.push('_');
        }
        text.push(digit);
    }
    text
}

fn grouped_fraction(digits: &str) -> String {
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && index.is_multiple_of(3) && digits.len() > 4 {
            text.push('_');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{float, integer};

    #[test]
    fn separates_the_digits_of_long_literals() {
        for (value, expected) in
            [(0, "0"), (600, "600"), (9999, "9999"), (10_000, "10_000"), (-1_234_567, "- 1_234_567")]
        {
            assert_eq!(integer(value).to_string(), expected);
        }
        for (value, expected) in [
            (1.5, "1.5"),
            (-0.25, "- 0.25"),
            (12345.0, "12_345.0"),
            (0.123_456, "0.123_456"),
            (1e30, "1e30"),
            (1.234_567e29, "1.234_567e29"),
        ] {
            assert_eq!(float(value).to_string(), expected);
        }
    }
}
