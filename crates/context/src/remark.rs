//! What is said about a value or a row: a code with what it is about, so that every language can say it, and the same in
//! English.

use std::fmt;

/// Characters of a text that a remark repeats.
const SHOWN_CHARS: usize = 60;

/// One thing that can be said. Its words in each language are the message `remark_<code>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sentence {
    /// Stable, for callers to branch on.
    pub code: &'static str,
    /// In English, what it is about in `{braces}`.
    pub english: &'static str,
}

impl Sentence {
    /// Says it, without anything it is about yet.
    pub fn say(self) -> Remark {
        Remark { sentence: self, about: Vec::new() }
    }

    /// Its English, with what `about` gives for each name in braces; nothing where it gives nothing.
    pub fn fill(self, about: &dyn Fn(&str) -> Option<String>) -> String {
        let mut filled = String::with_capacity(self.english.len());
        let mut rest = self.english;
        while let Some((before, after)) = rest.split_once('{') {
            let (name, after) = after.split_once('}').unwrap_or((after, ""));
            filled.push_str(before);
            filled.push_str(&about(name).unwrap_or_default());
            rest = after;
        }
        filled.push_str(rest);
        filled
    }

    /// Says it of a text.
    pub fn of(self, text: &str) -> Remark {
        self.say().text("text", text)
    }
}

/// Declares sentences and the list of them all.
#[macro_export]
macro_rules! sentences {
    ($($name:ident = $code:literal, $english:literal;)*) => {
        $(#[doc = $english]
        pub const $name: $crate::Sentence = $crate::Sentence { code: $code, english: $english };)*
        /// Every sentence this crate says.
        pub const SENTENCES: &[$crate::Sentence] = &[$($name),*];
    };
}

/// What a remark is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About {
    /// A text from the file or the document, or a name of the schema.
    Text(String),
    /// A number.
    Number(usize),
    /// Several names or values.
    List(Vec<String>),
    /// Other things said, such as the reasons for it.
    Remarks(Vec<Remark>),
}

/// Something said. In English it is its `Display`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    sentence: Sentence,
    about: Vec<(&'static str, About)>,
}

impl Remark {
    /// Which sentence it is; stable.
    pub fn code(&self) -> &'static str {
        self.sentence.code
    }

    /// What it is about, by the names in the sentence's braces; `field` also where the English does not name it.
    pub fn about(&self) -> &[(&'static str, About)] {
        &self.about
    }

    /// About a text; a long one is cut, control characters are blanks.
    #[must_use]
    pub fn text(mut self, name: &'static str, text: &str) -> Self {
        self.about.push((name, About::Text(shown(text))));
        self
    }

    /// About a stage, by what it is called here; its key comes along for who has another word for it.
    #[must_use]
    pub fn stage(self, name: &str, key: &str) -> Self {
        self.text("stage", name).text("stage_key", key)
    }

    /// About a number.
    #[must_use]
    pub fn number(mut self, name: &'static str, number: usize) -> Self {
        self.about.push((name, About::Number(number)));
        self
    }

    /// About what else is said.
    #[must_use]
    pub fn remarks(mut self, name: &'static str, remarks: impl IntoIterator<Item = Self>) -> Self {
        self.about.push((name, About::Remarks(remarks.into_iter().collect())));
        self
    }

    /// About several texts, each as [`Self::text`] shows it.
    #[must_use]
    pub fn list<T: AsRef<str>>(mut self, name: &'static str, list: impl IntoIterator<Item = T>) -> Self {
        self.about.push((name, About::List(list.into_iter().map(|text| shown(text.as_ref())).collect())));
        self
    }
}

fn shown(text: &str) -> String {
    let shown = match text.char_indices().nth(SHOWN_CHARS) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    };
    shown.replace(char::is_control, " ")
}

impl fmt::Display for About {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Number(number) => write!(f, "{number}"),
            Self::List(list) => f.write_str(&list.join(", ")),
            Self::Remarks(remarks) => {
                let said: Vec<String> = remarks.iter().map(ToString::to_string).collect();
                f.write_str(&said.join("; "))
            }
        }
    }
}

impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let about =
            |name: &str| self.about.iter().find(|(known, _)| *known == name).map(|(_, about)| about.to_string());
        f.write_str(&self.sentence.fill(&about))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ABOUT_ALL: Sentence = Sentence { code: "all", english: "{text}: {count} of {names}." };

    #[test]
    fn a_remark_reads_in_english_with_what_it_is_about() {
        let remark = ABOUT_ALL.of("a\nb").number("count", 2).list("names", ["x", "y"]);
        assert_eq!(remark.to_string(), "a b: 2 of x, y.");
        let why = ABOUT_ALL.of("z").remarks("names", [ABOUT_ALL.of("x").number("count", 1), ABOUT_ALL.of("y")]);
        assert_eq!(why.to_string(), "z:  of x: 1 of .; y:  of ..");
        assert_eq!(ABOUT_ALL.of(&"é".repeat(61)).about()[0].1, About::Text(format!("{}…", "é".repeat(60))));
    }
}
