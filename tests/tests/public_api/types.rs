//! Types of generated code as text, in one spelling: without the paths that a file without imports has.

use quote::ToTokens;
use syn::ext::IdentExt;
use syn::{GenericArgument, Path, PathArguments, ReturnType, Type, TypeParamBound};

/// Writes a type, with `owner` in place of `Self`.
pub fn text(ty: &Type, owner: &str) -> String {
    match ty {
        Type::Path(ty) => match &ty.qself {
            // Of `<Self as Operation>::Output`, only the end matters.
            Some(_) => format!("<Self>::{}", ty.path.segments.last().expect("a path has segments").ident),
            None => path(&ty.path, owner),
        },
        Type::Reference(ty) => {
            let lifetime = ty.lifetime.as_ref().map(|lifetime| format!("{lifetime} ")).unwrap_or_default();
            format!("&{lifetime}{}", text(&ty.elem, owner))
        }
        Type::Slice(ty) => format!("[{}]", text(&ty.elem, owner)),
        Type::Tuple(ty) => {
            format!("({})", ty.elems.iter().map(|elem| text(elem, owner)).collect::<Vec<_>>().join(", "))
        }
        Type::ImplTrait(ty) => {
            let bounds = ty.bounds.iter().map(|bound| match bound {
                TypeParamBound::Trait(bound) => path(&bound.path, owner),
                other => other.to_token_stream().to_string(),
            });
            format!("impl {}", bounds.collect::<Vec<_>>().join(" + "))
        }
        other => panic!("unexpected type: {}", other.to_token_stream()),
    }
}

/// Writes the return type of a function.
pub fn returned(output: &ReturnType, owner: &str) -> String {
    match output {
        ReturnType::Default => "()".to_owned(),
        ReturnType::Type(_, ty) => text(ty, owner),
    }
}

/// Writes the last segment of a path. Paths into other crates are written in full.
pub fn path(path: &Path, owner: &str) -> String {
    let names: Vec<_> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
    let last = path.segments.last().expect("a path has segments");
    let name = match names.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["serde_json" | "bytes", _] => names.join("::"),
        ["Self"] => owner.to_owned(),
        _ => last.ident.unraw().to_string(),
    };
    match &last.arguments {
        PathArguments::None => name,
        PathArguments::AngleBracketed(generic) => {
            let arguments = generic.args.iter().filter_map(|argument| match argument {
                GenericArgument::Lifetime(_) => None,
                GenericArgument::Type(ty) => Some(text(ty, owner)),
                GenericArgument::AssocType(ty) => Some(format!("{} = {}", ty.ident, text(&ty.ty, owner))),
                other => panic!("unexpected argument: {}", other.to_token_stream()),
            });
            let arguments: Vec<_> = arguments.collect();
            if arguments.is_empty() { name } else { format!("{name}<{}>", arguments.join(", ")) }
        }
        PathArguments::Parenthesized(_) => panic!("unexpected path: {}", path.to_token_stream()),
    }
}
