partner
