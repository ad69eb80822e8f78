"""Which screens count as a phone's."""

# As a media query: a narrow window, whatever it is on, or a low one that is touched, which is a
# phone held sideways. A tablet is large enough for a card in a corner.
PHONE = "(max-width:480px),(pointer:coarse) and (max-height:480px)"
