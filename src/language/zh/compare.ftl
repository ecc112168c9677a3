# tellwave compare
