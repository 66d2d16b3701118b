nordfunk-shop
