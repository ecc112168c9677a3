//! The few-valued things that events speak of, each value with its name in logs, tables and scenario files.

/// Declares an enum whose variants have names in the log.
macro_rules! named {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vdoc])* $variant),+ }

        impl $name {
            /// Every value, in the order of declaration.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The names of all values, in the same order.
            pub const NAMES: &'static [&'static str] = &[$($text),+];

            /// The name used in logs, tables and scenario files.
            pub const fn name(self) -> &'static str {
                Self::NAMES[self as usize]
            }

            /// The value of that name.
            pub fn from_name(name: &str) -> Option<$name> {
                Self::ALL.iter().copied().find(|value| value.name() == name)
            }
        }

        impl super::columns::Cell for $name {
            fn put(self) -> Option<i64> {
                Some(self as i64)
            }

            fn take(cell: Option<i64>) -> Option<$name> {
                Self::ALL.get(usize::try_from(cell?).ok()?).copied()
            }
        }
    };
}

named! {
    /// What a customer thinks of the product.
    Sentiment {
        /// Tells good words.
        Satisfied = "satisfied",
        /// Tells nobody.
        Neutral = "neutral",
        /// Tells bad words.
        Unhappy = "unhappy",
    }
}
named! {
    /// Whether a word speaks for or against the product.
    Valence {
        /// For it.
        Good = "good",
        /// Against it.
        Bad = "bad",
    }
}
impl Sentiment {
    /// The kind of words that a customer of this opinion tells; nothing, if she tells none.
    pub const fn valence(self) -> Option<Valence> {
        match self {
            Sentiment::Satisfied => Some(Valence::Good),
            Sentiment::Neutral => None,
            Sentiment::Unhappy => Some(Valence::Bad),
        }
    }
}

named! {
    /// How a word travels from a teller to a hearer.
    Channel {
        /// From friend to friend, in person.
        FaceToFace = "face_to_face",
        /// A private message.
        Messenger = "messenger",
        /// An e-mail.
        Email = "email",
        /// A post in a social network.
        SocialPost = "social_post",
        /// A review that strangers read.
        ReviewSite = "review_site",
        /// A printed code that is scanned.
        QrCode = "qr_code",
        /// A code that is spoken and has to be remembered.
        CodeWord = "code_word",
    }
}
named! {
    /// What brought a customer.
    Source {
        /// There from the start.
        Seed = "seed",
        /// Persuaded by somebody's word.
        Word = "word",
        /// Persuaded by somebody's review.
        Review = "review",
        /// Persuaded by an influencer's post.
        Influencer = "influencer",
        /// Persuaded by advertising.
        Advertising = "advertising",
    }
}
named! {
    /// How a customer is asked to refer.
    Medium {
        /// In person, by the staff.
        Staff = "staff",
        /// By e-mail.
        Email = "email",
        /// By text message.
        Sms = "sms",
        /// By telephone.
        Phone = "phone",
        /// By a banner in the product.
        Banner = "banner",
        /// By sales, following up.
        Sales = "sales",
    }
}
named! {
    /// The two people of a referral.
    Side {
        /// Who told.
        Advocate = "advocate",
        /// Who was told and bought.
        Friend = "friend",
    }
}
named! {
    /// The form of a reward.
    RewardKind {
        /// Money paid out.
        Cash = "cash",
        /// Money taken off a price.
        Discount = "discount",
        /// Points that can be turned into goods.
        Points = "points",
        /// A thing given away.
        Gift = "gift",
        /// More of the product itself, such as storage.
        Product = "product",
        /// A better version of the product for a time.
        Upgrade = "upgrade",
        /// A ticket that may win a prize when tickets are drawn.
        Ticket = "ticket",
    }
}
named! {
    /// Why a reward was not granted.
    Denial {
        /// The advocate has had as many rewards as the programme allows.
        CapReached = "cap_reached",
        /// The programme's budget does not cover the rewards of both sides.
        BudgetExhausted = "budget_exhausted",
        /// The friend took longer than the programme allows.
        WindowClosed = "window_closed",
        /// The friend bought for less than the programme asks for.
        BelowMinimum = "below_minimum",
        /// The programme had ended when the friend bought.
        ProgrammeEnded = "programme_ended",
        /// Nobody can tell by whose word the friend came: the code was lost on the way.
        Untracked = "untracked",
        /// The company took the referral for a fake, rightly or not.
        Fraud = "fraud",
    }
}
named! {
    /// How a referral was faked.
    Scheme {
        /// She referred herself.
        SelfReferral = "self_referral",
        /// She would have bought anyway, and used the code of a friend who is in on it.
        Ring = "ring",
        /// She used a code that ended up on a coupon site.
        CouponLeak = "coupon_leak",
        /// An account was opened for a friend who does not exist.
        Farming = "farming",
    }
}
