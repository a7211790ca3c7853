//! Network addresses: `cidr`, and addresses written as plain values.

use core::net::IpAddr;

/// The address that a string is, if it is one; an IPv4 address wrapped in IPv6 is the former.
pub(super) fn parse(text: &str) -> Option<IpAddr> {
    let address: IpAddr = text.parse().ok()?;
    // `::ffff:10.0.0.1` is no address to AWS's matcher, `::ffff:a00:1` is.
    let mixed = text.contains(':') && text.contains('.');
    (!mixed).then(|| address.to_canonical())
}

/// A block of addresses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cidr {
    first: IpAddr,
    bits: u32,
}

impl Cidr {
    /// `10.0.0.0/8`; none unless an address and fewer bits than it has.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (address, bits) = text.split_once('/')?;
        let first = parse(address)?;
        let digits = !bits.is_empty() && bits.bytes().all(|byte| byte.is_ascii_digit());
        let bits: u32 = bits.parse().ok().filter(|_| digits)?;
        (bits < width(first)).then_some(Self { first, bits })
    }
    pub(super) fn holds(&self, address: IpAddr) -> bool {
        let free = width(self.first) - self.bits;
        let differ = number(self.first) ^ number(address);
        width(self.first) == width(address) && differ.checked_shr(free).unwrap_or(0) == 0
    }
}

fn width(address: IpAddr) -> u32 {
    if address.is_ipv4() { 32 } else { 128 }
}

fn number(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(address) => u128::from(address.to_bits()),
        IpAddr::V6(address) => address.to_bits(),
    }
}

impl std::fmt::Display for Cidr {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.first, self.bits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(cidr: &str, address: &str) -> bool {
        let address = parse(address).expect("an address");
        Cidr::parse(cidr).expect("a block").holds(address)
    }

    #[test]
    fn a_block_ends_where_its_bits_say() {
        assert!(holds("10.0.0.0/24", "10.0.0.255") && !holds("10.0.0.0/24", "10.0.1.0"));
        assert!(holds("0.0.0.0/0", "255.1.2.3") && !holds("0.0.0.0/0", "::1"));
        assert!(holds("::/0", "2001:db8::1"));
        assert!(
            holds("2001:db8::/33", "2001:db8:7fff::") && !holds("2001:db8::/33", "2001:db8:8000::")
        );
        assert!(
            holds("10.9.9.9/8", "10.1.1.1"),
            "bits behind the block do not count"
        );
        assert!(holds("10.0.0.0/8", "::ffff:a00:1"));
    }

    #[test]
    fn what_is_no_block_is_refused() {
        for bad in [
            "10.0.0.0",
            "10.0.0.0/32",
            "::/128",
            "10.0.0.0/-1",
            "10.0.0.0/+8",
            "10.0.0/8",
            "foo/8",
            "10.0.0.0/",
            "10.0.0.0/8/8",
            "::ffff:10.0.0.0/100",
        ] {
            assert_eq!(Cidr::parse(bad), None, "{bad}");
        }
    }
}
