//! Temporary.
use super::policy::Category;
/// x
#[derive(Debug)]
pub struct CategoryMatcher(Vec<(String, Vec<String>)>);
impl CategoryMatcher {
    /// x
    pub fn new(c: &[Category]) -> Self {
        Self(c.iter().map(|c| (c.id.clone(), c.words.clone())).collect())
    }
    /// x
    pub fn suggest(&self, t: &str) -> Option<&str> {
        let t = t.to_lowercase();
        self.0.iter().find(|(_, w)| w.iter().any(|w| t.contains(w.as_str()))).map(|(i, _)| i.as_str())
    }
}
